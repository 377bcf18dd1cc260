import Conversation

/// How to make mail clients trust the authority: the text of `mailtee ca trust`, and a table for whoever shows it in
/// another form.
public struct TrustInstructions: Sendable {
    public let path: String
    public let facts: CertificateFacts
    /// The systems, then the programs.
    public let units: [TrustUnit]

    public init(_ authority: Authority) {
        self.init(
            path: FileAccess.absolute(authority.certificatePath), name: authority.name, facts: authority.facts)
    }

    /// - Parameters:
    ///   - path: of the authority's certificate; one that begins at the root, since programs start in any folder.
    ///   - name: the common name of the authority.
    public init(path: String, name: String, facts: CertificateFacts) {
        self.path = path
        self.facts = facts
        units = Self.units(TrustPlace(path: path, name: name))
    }

    private static func units(_ place: TrustPlace) -> [TrustUnit] {
        systems(place) + stores(place) + programs(place)
    }

    /// The names by which a unit can be asked for.
    public static let ids: [String] = units(TrustPlace(path: "", name: "")).map(\.id)

    /// What to know before.
    public var introduction: String {
        """
        The authority  \(facts.subject)
        stands in      \(path)
        is good until  \(UTCText.day(facts.notAfter))
        SHA-256        \(Self.spaced(facts.fingerprint))

        A client that trusts it takes mailtee for every server that mailtee says it is, and so it would whoever else has
        the private key that stands beside that file. Trust the authority only where you test, keep the key to yourself,
        and take the authority out of the trust when you are done. Prefer a program's own setting to the system's store.
        The folder is closed to other users: for a program that runs as one, copy the certificate (never the key) to
        where it can read it.
        """
    }

    /// All units as text.
    public var text: String {
        let parts = TrustUnit.Kind.allCases.map { kind in
            let title = kind == .program ? "ONE PROGRAM, THE SYSTEM LEFT AS IT IS" : "SYSTEMS AND THEIR STORES"
            return ([title] + units.filter { $0.kind == kind }.map(text)).joined(separator: "\n\n")
        }
        return ([introduction] + parts).joined(separator: "\n\n") + "\n"
    }

    /// One unit as text, without a line end after its last line.
    public func text(_ unit: TrustUnit) -> String {
        let lines = unit.trust.flatMap(Self.lines) + ["  To undo it:"] + unit.distrust.flatMap(Self.lines)
        return (["\(unit.name) (\(unit.id))"] + lines).joined(separator: "\n")
    }

    private static func lines(_ step: TrustStep) -> [String] {
        switch step {
        case .run(let command): ["    " + command]
        case .line(let line, let file): ["  in \(file):", "    " + line]
        case .say(let text): ["  " + text]
        }
    }

    /// `AB:CD:…`, as trust stores show it.
    private static func spaced(_ fingerprint: String) -> String {
        stride(from: 0, to: fingerprint.count, by: 2).map { fingerprint.dropFirst($0).prefix(2).uppercased() }
            .joined(separator: ":")
    }
}
