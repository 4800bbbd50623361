const methods = ["get", "post", "put", "patch", "delete"];

/** An OpenAPI description (3.0 or 3.1) as pages need it: references resolved, operations by tag. */
export class Description {
  constructor(document) {
    this.document = document;
  }

  /** What `{$ref}` stands for, or the value itself. */
  resolve(value, depth = 0) {
    const reference = value?.$ref;
    if (!reference?.startsWith("#/") || depth > 20) return value ?? {};
    const found = reference.slice(2).split("/").reduce(
      (place, part) => place?.[part.replaceAll("~1", "/").replaceAll("~0", "~")], this.document);
    return this.resolve(found, depth + 1);
  }

  /** A list of `{name, description, operations}`, in the order of the description. */
  get groups() {
    const groups = new Map((this.document.tags ?? []).map((tag) => [tag.name, { ...tag, operations: [] }]));
    for (const [path, item] of Object.entries(this.document.paths ?? {})) {
      for (const method of methods.filter((each) => item[each])) {
        const operation = item[method];
        const name = operation.tags?.[0] ?? "Other";
        if (!groups.has(name)) groups.set(name, { name, operations: [] });
        groups.get(name).operations.push({
          ...operation, method, path,
          id: `${method}${path}`.replaceAll(/[^A-Za-z0-9]+/g, "-"),
          parameters: [...(item.parameters ?? []),
            ...(operation.parameters ?? [])].map((each) => this.resolve(each)),
          requestBody: operation.requestBody && this.resolve(operation.requestBody),
        });
      }
    }
    return [...groups.values()].filter((group) => group.operations.length);
  }

  /** A value that fits a schema, for a form to begin with. */
  example(schema, depth = 0) {
    const known = this.resolve(schema);
    if (known.example !== undefined) return known.example;
    if (known.examples?.length) return known.examples[0];
    if (known.default !== undefined) return known.default;
    if (known.const !== undefined) return known.const;
    if (known.enum) return known.enum[0];
    const either = known.oneOf ?? known.anyOf;
    if (either?.length) return this.example(either[0], depth);
    if (known.allOf) return Object.assign({}, ...known.allOf.map((each) => this.example(each, depth)));
    const type = [known.type].flat().find((each) => each !== "null");
    if (type === "object" || known.properties) {
      const needed = Object.entries(known.properties ?? {}).filter(([name]) => known.required?.includes(name));
      return depth > 5 ? {} : Object.fromEntries(needed.map(([name, value]) =>
        [name, this.example(value, depth + 1)]));
    }
    if (type === "array") return depth > 5 || !known.items ? [] : [this.example(known.items, depth + 1)];
    return { string: "", integer: known.minimum ?? 1, number: known.minimum ?? 1, boolean: true }[type] ?? null;
  }
}
