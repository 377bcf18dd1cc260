/// What the steps are filled in with.
struct TrustPlace {
    /// The path of `ca.pem`.
    let path: String
    /// The common name of the authority, by which trust stores list it.
    let name: String

    /// The path as a word of a POSIX shell.
    var word: String { ShellWord(path).description }

    /// The path between double quotes, as most settings and programs have it.
    var quoted: String { Self.quoted(path) }

    /// The name as a word of a POSIX shell.
    var nameWord: String { ShellWord(name).description }

    /// The name as a word of Windows' command line, which knows no quote within quotes.
    var windowsName: String { "\"" + name.filter { $0 != "\"" && $0 != "%" } + "\"" }

    private static func quoted(_ text: String) -> String {
        "\"" + text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "\""
    }
}
