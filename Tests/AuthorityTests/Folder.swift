import Authority
import Conversation
import Foundation
import Testing

/// A folder of its own for a test, gone with it.
final class Folder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "mailtee-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    subscript(_ name: String) -> String { path + "/" + name }

    func read(_ name: String) throws -> String { try String(contentsOfFile: self[name], encoding: .utf8) }

    func write(_ text: String, _ name: String, mode: Int = 0o600) throws {
        try text.write(toFile: self[name], atomically: false, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: self[name])
    }

    func write(der: [UInt8], _ name: String) throws { try Data(der).write(to: URL(filePath: self[name])) }

    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: self[name]) }

    func move(_ name: String, _ other: String) throws {
        try FileManager.default.moveItem(atPath: self[name], toPath: self[other])
    }

    func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }

    func mode(_ name: String) throws -> Int {
        try #require(
            FileManager.default.attributesOfItem(atPath: name.isEmpty ? path : self[name])[.posixPermissions] as? Int)
    }
}

/// The error of what must fail; a failure of the test where it does not.
func error<Result>(
    _ body: () throws(AuthorityError) -> Result, _ location: SourceLocation = #_sourceLocation
) -> AuthorityError? {
    do {
        _ = try body()
        Issue.record("no error", sourceLocation: location)
        return nil
    } catch {
        #expect(!error.cause.isEmpty && !error.remedy.isEmpty, sourceLocation: location)
        return error
    }
}

extension Timestamp {
    static let day: Int64 = 86_400 * 1_000_000_000

    func after(days: Int64) -> Timestamp { Timestamp(nanoseconds: nanoseconds + days * Self.day) }

    /// Whole seconds since 1970.
    var seconds: Int64 { nanoseconds / 1_000_000_000 }
}
