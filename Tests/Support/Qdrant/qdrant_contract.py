"""Holds requests and answers against the schemas of Qdrant's own OpenAPI description.

Of long arrays only the first and last members are compared, which keeps large uploads bearable.
"""

import json
import pathlib

from jsonschema import Draft7Validator


class Contract:
    """The schemas of requests and answers."""

    def __init__(self, path):
        self.document = self.draft7(json.loads(pathlib.Path(path).read_text()))
        self.validators = {}
        self.violations = []

    @classmethod
    def draft7(cls, value):
        """OpenAPI 3.0 says `nullable` where JSON Schema has a type `null`."""
        if isinstance(value, list):
            return [cls.draft7(item) for item in value]
        if not isinstance(value, dict):
            return value
        if value == {"nullable": True}:
            return {"type": "null"}
        result = {key: cls.draft7(item) for key, item in value.items() if key != "nullable"}
        if value.get("nullable") is True and "type" in result:
            result["type"] = [result["type"], "null"]
            if "enum" in result:
                result["enum"] = result["enum"] + [None]
        return result

    def template(self, path):
        """The path of the contract that a request's path is an instance of."""
        parts = path.split("/")
        best = None
        for candidate in self.document["paths"]:
            names = candidate.split("/")
            if len(names) == len(parts) and all(n == p or n.startswith("{") for n, p in zip(names, parts)):
                # /collections/aliases is also an instance of /collections/{collection_name}.
                if best is None or candidate.count("{") < best.count("{"):
                    best = candidate
        return best

    def thin(self, value):
        if isinstance(value, dict):
            return {key: self.thin(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.thin(item) for item in (value if len(value) <= 6 else value[:5] + value[-1:])]
        return value

    def check(self, template, method, side, value):
        schema = self.document["paths"].get(template, {}).get(method.lower(), {}).get(side)
        if schema is None:
            return None
        key = (template, method, side)
        if key not in self.validators:
            self.validators[key] = Draft7Validator({**schema, "schemas": self.document["schemas"]})
        error = next(self.validators[key].iter_errors(self.thin(value)), None)
        if error is None:
            return None
        text = f"{method} {template} {side}: {error.message[:300]} at {list(error.absolute_path)}"
        self.violations.append(text)
        return text
