import ArgumentParser
import Capture
import Tap

/// What may be said of TLS on the command line.
struct TLSOptionGroup: ParsableArguments {
    @Option(help: "TLS with the client: none, starttls, implicit, or mirror, as the server's leg has it.")
    var clientTls: TLSPolicy = .mirror
    @Option(help: "TLS with the server: the same, as the client's leg has it.")
    var serverTls: TLSPolicy = .mirror
    @Option(help: "full, or none: go on with a server whose certificate is not good, and say so in the record.")
    var upstreamVerify: UpstreamVerification = .full
    @Option(help: ArgumentHelp("A PEM file of authorities to trust beside the system's.", valueName: "file"))
    var upstreamCa: String?
    @Option(
        help: ArgumentHelp(
            "Show clients this certificate (PEM, with its chain), not one of the authority.", valueName: "file"))
    var certificate: String?
    @Option(help: ArgumentHelp("Its private key; may stand in the same file.", valueName: "file"))
    var key: String?
    @Option(help: ArgumentHelp("Show this certificate to servers that ask for one.", valueName: "file"))
    var upstreamCertificate: String?
    @Option(help: ArgumentHelp("Its private key; may stand in the same file.", valueName: "file"))
    var upstreamKey: String?
    @Option(
        help: ArgumentHelp(
            "Append the session keys to this file (SSLKEYLOGFILE): whoever has it can read all.", valueName: "file"))
    var keylog: String?
    @Option(help: "Play a fault of TLS to the peers.")
    var tlsFault: TLSFault?

    /// - Parameter authority: its folder.
    func options(authority: String) -> TLSOptions {
        TLSOptions(
            client: clientTls, server: serverTls, verifiesServer: upstreamVerify == .full, trusted: upstreamCa,
            authority: authority,
            own: certificate.map { TLSOptions.Files(certificate: $0, key: key ?? $0) },
            toServer: upstreamCertificate.map { TLSOptions.Files(certificate: $0, key: upstreamKey ?? $0) },
            keyLog: keylog, fault: tlsFault)
    }

    func validate() throws {
        guard key == nil || certificate != nil else { throw ValidationError("--key needs --certificate") }
        guard upstreamKey == nil || upstreamCertificate != nil else {
            throw ValidationError("--upstream-key needs --upstream-certificate")
        }
    }
}

/// The part of it that the embedded server has a use for.
struct ServedTLSOptionGroup: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Show clients this certificate (PEM, with its chain), not one of the authority.", valueName: "file"))
    var certificate: String?
    @Option(help: ArgumentHelp("Its private key; may stand in the same file.", valueName: "file"))
    var key: String?

    /// - Parameter authority: its folder.
    func options(authority: String) -> TLSOptions {
        TLSOptions(
            authority: authority, own: certificate.map { TLSOptions.Files(certificate: $0, key: key ?? $0) })
    }

    func validate() throws {
        guard key == nil || certificate != nil else { throw ValidationError("--key needs --certificate") }
    }
}

enum UpstreamVerification: String, ExpressibleByArgument, CaseIterable {
    case full
    case none
}

extension TLSPolicy: ExpressibleByArgument {}
extension TLSFault: ExpressibleByArgument {}
