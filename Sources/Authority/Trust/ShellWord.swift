/// A text as one word of a POSIX shell, quoted where it has to be.
struct ShellWord: CustomStringConvertible {
    let description: String

    init(_ text: String) {
        let isPlain =
            !text.isEmpty
            && text.unicodeScalars.allSatisfy {
                $0.isASCII && ($0.properties.isAlphabetic || "0123456789/._-+:@%,".unicodeScalars.contains($0))
            }
        // Within single quotes all but the quote itself stands for what it is.
        let parts = text.split(separator: "'", omittingEmptySubsequences: false)
        description = isPlain ? text : "'" + parts.joined(separator: "'\\''") + "'"
    }
}
