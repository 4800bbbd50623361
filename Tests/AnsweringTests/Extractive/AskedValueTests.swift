import Testing

@testable import Answering

@Suite struct AskedValueTests {
  @Test(arguments: [
    ("What colour are the vans?", "The vans stand in the yard.", false),
    ("What colour are the vans?", "The vans are dark green.", true),
    ("What does the dishwasher cost?", "The dishwasher has 12 settings.", false),
    ("What does the dishwasher cost?", "It was £310.", true),
    ("How much does the course cost?", "The course is free.", true),
    ("What's the fare to Sula?", "The boat to Sula sails at 7.", false),
    ("What is the price of a day ticket?", "Day tickets: 12 euros.", true),
    ("How long may I borrow a boat?", "Boats are borrowed from the steward.", false),
    ("How long may I borrow a boat?", "Boats come back within two hours.", true),
    ("How often are the filters changed?", "The filters are changed every spring.", true),
    ("How many people work there?", "People work there at night.", false),
    ("How many people work there?", "The 40 of them.", true),
    ("How far does the knee bend?", "It bends by 120 degrees.", true),
    ("When was the hotel built?", "The hotel was built by the Lind family.", false),
    ("When was the hotel built?", "The hotel was built in 1911.", true),
    ("When did Tom leave?", "Tom left after breakfast.", true),
    ("What year did it open?", "It opened in May.", true),
  ])
  func `a text can hold the value that is asked for, or cannot`(question: String, text: String, isTold: Bool)
    throws
  {
    let value = try #require(QuestionWords(question).value)
    #expect(value.isTold(in: text) == isTold)
  }

  @Test(arguments: [
    "Who signs the cheques?", "What is a colour?", "What is the cost function?",
    "When should I change the filter?",
    "How do I change it?", "Which vans are green?", "", "Why does it cost so much?", "What does cost mean?",
  ])
  func `a question that may be answered in other ways asks for none`(question: String) {
    #expect(QuestionWords(question).value == nil)
  }
}
