/// The executable `ragserver`: answers questions over a corpus by HTTP.
@main
struct RAGServer {
  static func main() async {
    await ServerProgram.program.main()
  }
}
