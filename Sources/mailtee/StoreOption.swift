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
        if let named = getenv("MAILTEE_STORE") { return String(cString: named) }
        if let data = getenv("XDG_DATA_HOME") { return String(cString: data) + "/mailtee" }
        let home = getenv("HOME").map { String(cString: $0) } ?? ""
        return home.isEmpty || home == "/" ? "/var/lib/mailtee" : home + "/.local/share/mailtee"
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
