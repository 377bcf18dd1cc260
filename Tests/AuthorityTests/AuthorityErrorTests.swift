import Authority
import Conversation
import Foundation
import Testing

@Suite struct AuthorityErrorTests {
    private func opening(_ folder: Folder, now: Timestamp = .now()) -> AuthorityError? {
        let first = error { () throws(AuthorityError) in try Authority.open(in: folder.path, now: now) }
        let second = error { () throws(AuthorityError) in try Authority.openOrCreate(in: folder.path, now: now) }
        #expect(first?.code == second?.code)
        #expect(first?.description.contains(folder.path) == true)
        return first
    }

    @Test func whereThereIsNoneItSaysHowToMakeOne() throws {
        let folder = try Folder()
        let missing = error { () throws(AuthorityError) in try Authority.open(in: folder["nowhere"]) }
        #expect(missing?.code == .missing)
        #expect(missing?.path == folder["nowhere"])
    }

    @Test(arguments: ["ca.pem", "ca-key.pem"]) func halfAPairIsToldByTheFileThatIsGone(_ name: String) throws {
        let folder = try Folder()
        _ = try Authority.create(in: folder.path)
        try folder.remove(name)
        let half = opening(folder)
        #expect(half?.code == .half)
        #expect(half?.path == folder[name])
        #expect(error { () throws(AuthorityError) in try Authority.create(in: folder.path) }?.code == .exists)
        _ = try Authority.create(in: folder.path, replacing: true)
    }

    @Test(arguments: ["ca.pem", "ca-key.pem"]) func whatIsNoFileCannotBeRead(_ name: String) throws {
        let folder = try Folder()
        _ = try Authority.create(in: folder.path)
        try folder.remove(name)
        try FileManager.default.createDirectory(atPath: folder[name], withIntermediateDirectories: false)
        #expect(opening(folder)?.code == .unreadable)
    }

    @Test(.enabled(if: geteuid() != 0, "root may read every file"), arguments: ["ca.pem", "ca-key.pem"])
    func withoutTheRightToReadItSaysWhoseTurnItIs(_ name: String) throws {
        let folder = try Folder()
        _ = try Authority.create(in: folder.path)
        try folder.write(folder.read(name), name, mode: 0)
        let denied = opening(folder)
        #expect(denied?.code == .unreadable)
        #expect(denied?.cause == "Permission denied")
        #expect(denied?.path == folder[name])
    }

    @Test(.enabled(if: geteuid() != 0, "root may write everywhere"))
    func whereNothingCanBeWrittenNoneIsMade() throws {
        let folder = try Folder()
        try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: folder.path)
        #expect(error { () throws(AuthorityError) in try Authority.create(in: folder.path) }?.code == .unwritable)
        #expect(error { () throws(AuthorityError) in try Authority.create(in: folder["ca"]) }?.code == .unwritable)
    }

    @Test func aFileInThePlaceOfTheFolderIsAnError() throws {
        let folder = try Folder()
        try folder.write("", "ca")
        #expect(error { () throws(AuthorityError) in try Authority.create(in: folder["ca"]) }?.code == .unwritable)
        #expect(error { () throws(AuthorityError) in try Authority.openOrCreate(in: folder["ca"]) } != nil)
    }

    @Test(arguments: ["ca.pem", "ca-key.pem"]) func aDamagedFileIsToldFromAMissingOne(_ name: String) throws {
        let folder = try Folder()
        _ = try Authority.create(in: folder.path)
        let whole = try folder.read(name)
        let lines = whole.split(separator: "\n").map(String.init)
        let damages = [
            "", "hello\n", String(whole.prefix(100)), whole.replacing("-----END", with: "-----ENDE"),
            lines[0] + "\n" + lines[lines.count - 1] + "\n",
            ([lines[0], "%%%%"] + lines.dropFirst()).joined(separator: "\n"),
            ([lines[0]] + lines.dropFirst(2)).joined(separator: "\n"),
            whole.replacing("BEGIN", with: "BEGIN SOME").replacing("KEY-", with: "-").replacing("END", with: "END SOME")
                .replacing("CERTIFICATE-", with: "-"),
        ]
        for damage in damages {
            try folder.write(damage, name)
            let damaged = opening(folder)
            #expect(damaged?.code == .damaged, "\(damage)")
            #expect(damaged?.path == folder[name])
        }
    }

    @Test func aKeyThatBelongsToAnotherCertificateIsRefused() throws {
        let folder = try Folder()
        let other = try Folder()
        _ = try Authority.create(in: folder.path)
        _ = try Authority.create(in: other.path)
        try folder.write(other.read("ca-key.pem"), "ca-key.pem")
        let mismatch = opening(folder)
        #expect(mismatch?.code == .mismatch)
        #expect(mismatch?.path == folder["ca-key.pem"])
        #expect(mismatch?.cause.contains(folder["ca.pem"]) == true)
    }

    @Test(arguments: [0o640, 0o604, 0o660, 0o644, 0o777, 0o601])
    func aKeyThatOthersMayReadIsRefusedWithTheCommandThatMendsIt(_ mode: Int) throws {
        let folder = try Folder()
        _ = try Authority.create(in: folder.path)
        try folder.write(folder.read("ca-key.pem"), "ca-key.pem", mode: mode)
        let exposed = opening(folder)
        #expect(exposed?.code == .exposed)
        #expect(exposed?.cause.contains(String(mode, radix: 8)) == true)
        #expect(exposed?.remedy.contains("chmod 600 \(folder["ca-key.pem"])") == true)
        try folder.write(folder.read("ca-key.pem"), "ca-key.pem", mode: 0o400)
        _ = try Authority.open(in: folder.path)
    }

    @Test func afterItsEndAndBeforeItsStartItSaysBothTimes() throws {
        let folder = try Folder()
        let now = Timestamp(nanoseconds: 1_795_651_200 * 1_000_000_000)
        _ = try Authority.create(in: folder.path, now: now)
        let expired = opening(folder, now: now.after(days: 3653))
        #expect(expired?.code == .expired)
        #expect(expired?.cause.contains("2036-11-25 00:00:00 UTC, and it is 2036-11-26 00:00:00 UTC") == true)
        let early = opening(folder, now: Timestamp(nanoseconds: 0))
        #expect(early?.code == .notYetValid)
        #expect(early?.cause.contains("2026-11-25 00:00:00 UTC, and it is 1970-01-01 00:00:00 UTC") == true)
        for edge in [now.after(days: -1), now.after(days: 3652)] { _ = try Authority.open(in: folder.path, now: edge) }
    }

    @Test func aLeafIsNoAuthority() throws {
        let folder = try Folder()
        let leaf = try Authority.create(in: folder.path).leaf(for: LeafSubject(names: ["mail.example.com"]))
        try folder.write(leaf.chainPEM, "ca.pem")
        try folder.write(leaf.key.pem, "ca-key.pem")
        #expect(opening(folder)?.code == .notAuthority)
    }

    @Test(.enabled(if: OpenSSL.isHere, OpenSSL.absent)) func anAuthorityThatMaySignNothingIsNone() throws {
        let folder = try Folder()
        try OpenSSL.make(
            "req", "-x509", "-nodes", "-newkey", "rsa:2048", "-keyout", folder["ca-key.pem"], "-out", folder["ca.pem"],
            "-subj", "/CN=x", "-addext", "keyUsage=critical,digitalSignature")
        #expect(opening(folder)?.code == .notAuthority)
    }

    @Test(.enabled(if: OpenSSL.isHere, OpenSSL.absent)) func aKeyWithAPassphraseIsToldAsSuch() throws {
        let folder = try Folder()
        _ = try Authority.create(in: folder.path)
        try OpenSSL.make(
            "pkey", "-in", folder["ca-key.pem"], "-aes256", "-passout", "pass:xyzzy", "-out", folder["closed.pem"])
        try folder.write(folder.read("closed.pem"), "ca-key.pem")
        #expect(opening(folder)?.code == .encrypted)
    }

    @Test func aFileThatIsMuchTooLongIsNotReadToItsEnd() throws {
        let folder = try Folder()
        _ = try Authority.create(in: folder.path)
        try folder.write(String(repeating: "x", count: 2 << 20), "ca.pem")
        let long = opening(folder)
        #expect(long?.code == .unreadable)
        #expect(long?.cause.contains("1 MiB") == true)
    }
}
