/// Something that went wrong, in the words that the user reads.
struct CleanFailure: Error, CustomStringConvertible {
    let description: String

    init(_ words: String) {
        description = words
    }
}
