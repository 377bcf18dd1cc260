import Authority
import Foundation
import Testing

/// The openssl program, a second opinion on what we make.
enum OpenSSL {
    static let path: String? = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":")
        .map { $0 + "/openssl" }.first { FileManager.default.isExecutableFile(atPath: $0) }

    static let isHere = path != nil
    static let absent: Comment = "openssl is not installed"

    struct Outcome {
        var status: Int32
        var output: String
    }

    /// - Returns: its exit status and all that it printed.
    static func run(_ arguments: String...) throws -> Outcome { try run(arguments) }

    static func run(_ arguments: [String]) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(filePath: try #require(path))
        process.arguments = arguments
        process.environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C"]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Outcome(status: process.terminationStatus, output: String(decoding: output, as: UTF8.self))
    }

    /// Runs what has to succeed.
    static func make(_ arguments: String..., location: SourceLocation = #_sourceLocation) throws {
        let outcome = try run(arguments)
        try #require(outcome.status == 0, "\(outcome.output)", sourceLocation: location)
    }

    /// Verifies a leaf as a client of the authority would that was sent the whole chain.
    static func verify(_ leaf: Leaf, _ folder: Folder, trusting authority: Authority, _ check: String...) throws
        -> Outcome
    {
        try folder.write(authority.certificatePEM, "trusted.pem")
        try folder.write(pem(leaf.chain[0]), "leaf.pem")
        try folder.write(leaf.chain.dropFirst().map(pem).joined(), "sent.pem")
        let sent = leaf.chain.count > 1 ? ["-untrusted", folder["sent.pem"]] : []
        return try run(
            [
                "verify", "-no-CAfile", "-no-CApath", "-x509_strict", "-purpose", "sslserver", "-CAfile",
                folder["trusted.pem"],
            ]
                + sent + check + [folder["leaf.pem"]])
    }

    static func pem(_ der: [UInt8]) -> String {
        "-----BEGIN CERTIFICATE-----\n"
            + Data(der).base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed])
            + "\n-----END CERTIFICATE-----\n"
    }
}
