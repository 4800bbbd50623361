import Testing

@testable import Models

struct ModelPromptsTests {
  @Test(arguments: [
    "e5-small", "e5-large-v2", "multilingual-e5-small", "Multilingual-E5-Base", "e5-base-unsupervised",
  ])
  func `the E5 family is known by its names`(model: String) {
    let prompts = ModelPrompts([:], model: model)
    #expect(prompts.query == "query: " && prompts.document == "passage: ")
    // Libraries write empty prompts into models that have none.
    #expect(ModelPrompts(["query": "", "document": ""], model: model) == prompts)
  }

  @Test(arguments: [
    "multilingual-e5-large-instruct", "e5-mistral-7b-instruct", "my-e5-small", "e5", "e5-small-v3", "",
    "all-MiniLM-L6-v2", "multilingual-small", "e5-small-v2-law",
  ])
  func `other models get nothing that their files do not name`(model: String) {
    let prompts = ModelPrompts([:], model: model)
    #expect(prompts.query == "" && prompts.document == "")
  }

  @Test func `a model's own files come first`() {
    let prompts = ModelPrompts(["query": "q: ", "passage": "p: "], model: "e5-small")
    #expect(prompts.query == "q: " && prompts.document == "p: ")
    #expect(ModelPrompts(["query": "q: "], model: "e5-small").document == "")
  }
}
