/// The executable `ingest`: documents in, a searchable corpus out.
@main
struct Ingest {
  static func main() async {
    await IngestProgram.program.main()
  }
}
