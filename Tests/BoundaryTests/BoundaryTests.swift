import Foundation
import Testing

/// The layers of docs/ARCHITECTURE.md, checked in what each file really imports.
@Suite struct BoundaryTests {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// What each module may import besides the C library.
    static let allowed: [String: Set<String>] = [
        "CFile": [],
        "CZlib": [],
        "Inflate": ["CZlib"],
        "Wire": [],
        "Conversation": ["Wire"],
        "Dialects": ["Wire", "Conversation"],
        "Message": ["Wire", "Synchronization"],
        "Lint": ["Wire", "Conversation", "Message"],
        "Compare": ["Wire", "Conversation", "Message"],
        "Capture": ["CFile", "Inflate", "Wire", "Conversation", "Dialects", "NIOCore", "Synchronization"],
        "Archive": ["Wire", "Conversation", "Dialects", "Message", "Lint", "Capture", "GRDB"],
        "Authority": [
            "Wire", "Conversation", "X509", "Crypto", "SwiftASN1", "Synchronization", "Foundation",
            "FoundationEssentials",
        ],
        "Postbox": ["Wire", "Conversation", "Dialects", "Synchronization"],
        "Tap": [
            "Wire", "Conversation", "Dialects", "Capture", "Authority", "Postbox", "NIOCore", "NIOPosix", "NIOTLS",
            "NIOSSL", "Synchronization",
        ],
        "mailtee": [
            "Inflate", "Wire", "Conversation", "Dialects", "Message", "Lint", "Compare", "Capture", "Archive",
            "Authority", "Tap", "Postbox", "ArgumentParser", "Synchronization",
        ],
    ]

    private static let access: Set<String> = ["public", "package", "internal", "fileprivate", "private"]

    @Test func everyModuleHasItsLayer() throws {
        let modules = try FileManager.default.contentsOfDirectory(atPath: Self.root.appending(path: "Sources").path)
        #expect(Set(modules).isSubset(of: Set(Self.allowed.keys)))
    }

    @Test(arguments: allowed.keys.sorted()) func importsStayBelow(_ module: String) throws {
        let folder = Self.root.appending(path: "Sources/\(module)")
        guard let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) else { return }
        for case let file as URL in files where file.pathExtension == "swift" {
            for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
                let words = line.split(separator: " ")
                guard let index = words.firstIndex(of: "import"), index + 1 < words.count,
                    words[..<index].allSatisfy({ $0.hasPrefix("@") || Self.access.contains(String($0)) })
                else { continue }
                let name = String(words[index + 1])
                let isSystem = ["Glibc", "Musl", "Darwin"].contains(name)
                #expect(isSystem || Self.allowed[module]?.contains(name) == true, "\(file.lastPathComponent): \(name)")
            }
        }
    }
}
