import Archive
import ArgumentParser
import Capture

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where sessions are kept; the same for every command.
struct StoreOption: ParsableArguments {
    @Option(
        name: .long, help: "The folder of the record (else $MAILTEE_STORE, else the user's data folder).",
        completion: .directory)
    var store: String?

    var path: String {
        if let store { return store }
        if let named = Self.value(of: "MAILTEE_STORE") { return named }
        // The XDG Base Directory Specification has what is empty or relative ignored.
        if let data = Self.value(of: "XDG_DATA_HOME"), data.hasPrefix("/") { return data + "/mailtee" }
        guard let home = Self.value(of: "HOME"), home != "/" else { return "/var/lib/mailtee" }
        return home + "/.local/share/mailtee"
    }

    /// Of a variable of the environment; nil where it is not set or empty.
    private static func value(of variable: String) -> String? {
        getenv(variable).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Where the authority is kept that issues what clients are shown.
    var authorityPath: String { path + "/authority" }

    /// The archive, its index brought up to what is recorded; long work is told on a terminal.
    func archive(anew: Bool = false) throws -> Archive {
        let progress = Progress("reading the record")
        defer { progress.end() }
        return try Archive(
            Store(reading: path), anew: anew, progress: { progress.tell($0, of: $1) }, report: Output.error)
    }
}
