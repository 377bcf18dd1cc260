import Authority
import Conversation
import Foundation
import Testing

@Suite struct TrustInstructionsTests {
    private let facts = CertificateFacts(
        subject: "CN=mailtee authority of ann@desk (2026-11-23), O=mailtee", issuer: "", names: [], notBefore: 0,
        notAfter: 1_795_651_200, fingerprint: String(repeating: "ab", count: 32))

    private func instructions(_ path: String = "/home/ann/ca.pem") -> TrustInstructions {
        TrustInstructions(path: path, name: "mailtee authority of ann@desk (2026-11-23)", facts: facts)
    }

    private func text(_ steps: [TrustStep]) -> String {
        steps.map { step in
            switch step {
            case .run(let command): command
            case .line(let line, let file): "\(file) \(line)"
            case .say(let text): text
            }
        }.joined(separator: "\n")
    }

    @Test func everyUnitSaysHowToTrustAndHowToUndoIt() {
        let units = instructions().units
        #expect(Set(units.map(\.id)).count == units.count)
        #expect(units.map(\.id) == TrustInstructions.ids)
        for unit in units {
            #expect(!unit.trust.isEmpty && !unit.distrust.isEmpty && !unit.name.isEmpty)
            // All but those that send to another unit or install by a copy name the file itself.
            #expect(unit.id == "outlook" || text(unit.trust).contains("/home/ann/ca.pem"), "\(unit.id)")
        }
        for id in [
            "debian", "fedora", "alpine", "macos", "windows", "firefox", "thunderbird", "outlook", "android", "ios",
            "curl",
            "msmtp", "mpop", "fetchmail", "swaks", "openssl", "python", "java", "node", "dotnet", "php", "go", "ruby",
            "mbsync",
            "neomutt", "git",
        ] {
            #expect(TrustInstructions.ids.contains(id), "\(id)")
        }
    }

    @Test func thePathBeginsAtTheRootHoweverTheFolderWasNamed() throws {
        let folder = try Folder()
        let up = FileManager.default.currentDirectoryPath.split(separator: "/").map { _ in "../" }.joined()
        let authority = try Authority.create(in: up + folder.path.dropFirst())
        let real = URL(filePath: folder.path).resolvingSymlinksInPath().path
        #expect(TrustInstructions(authority).path == real + "/ca.pem")
    }

    @Test func thePrivateKeyIsNeverTheFileToCopy() {
        #expect(!instructions().text.contains("ca-key"))
    }

    @Test func theTextBeginsWithWhatIsTrustedAndWhatThatMeans() {
        let text = instructions().text
        #expect(text.hasPrefix("The authority  CN=mailtee authority of ann@desk (2026-11-23), O=mailtee\n"))
        #expect(text.contains("is good until  2026-11-26\n"))
        #expect(text.contains("SHA-256        AB:AB:AB:"))
        #expect(text.hasSuffix("\n"))
        for unit in instructions().units { #expect(text.contains(instructions().text(unit))) }
    }

    @Test func aPathWithSpacesAndQuotesStaysOneWordOfTheShell() throws {
        let folder = try Folder()
        let path = folder["it's a \"path\" with $HOME; `true` & more.pem"]
        for unit in instructions(path).units {
            for case .run(let command) in unit.trust where command.contains("it's") || command.contains("'\\''") {
                let words = try shellWords(command)
                #expect(words.contains { $0 == path || $0.hasSuffix("=" + path) }, "\(unit.id): \(words)")
            }
        }
    }

    /// What a shell makes of a command line, without running it.
    private func shellWords(_ command: String) throws -> [String] {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", "for word in " + command.replacing(">>", with: "") + "; do echo \"$word\"; done"]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
