// swift-tools-version: 6.3
import PackageDescription

// The layers of docs/ARCHITECTURE.md, lowest first. A module may use only those of a lower layer: a target that
// breaks this does not build, and Tests/BoundaryTests reads the imports to say the same of outside packages.

let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let asn1: Target.Dependency = .product(name: "SwiftASN1", package: "swift-asn1")
let x509: Target.Dependency = .product(name: "X509", package: "swift-certificates")
let nioTLS: Target.Dependency = .product(name: "NIOTLS", package: "swift-nio")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")

let package = Package(
    name: "mailtee",
    products: [.executable(name: "mailtee", targets: ["mailtee"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        // 0
        .target(name: "CFile"),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        .target(name: "Inflate", dependencies: ["CZlib"]),
        .target(name: "Wire"),
        // 1
        .target(name: "Conversation", dependencies: ["Wire"]),
        // 2
        .target(name: "Dialects", dependencies: ["Wire", "Conversation"]),
        .target(name: "Message", dependencies: ["Wire"]),
        .target(name: "Lint", dependencies: ["Wire", "Conversation", "Message"]),
        .target(name: "Compare", dependencies: ["Wire", "Conversation", "Message"]),
        // 3
        .target(name: "Capture", dependencies: ["CFile", "Inflate", "Wire", "Conversation", "Dialects", nioCore]),
        .target(
            name: "Archive", dependencies: ["Wire", "Conversation", "Dialects", "Message", "Lint", "Capture", grdb]),
        .target(name: "Authority", dependencies: ["Wire", "Conversation", x509, crypto, asn1]),
        // 4
        .target(name: "Postbox", dependencies: ["Wire", "Conversation", "Dialects"]),
        .target(
            name: "Tap",
            dependencies: [
                "Wire", "Conversation", "Dialects", "Capture", "Authority", "Postbox", nioCore, nioPosix, nioTLS,
                nioSSL,
            ]),
        // 6
        .executableTarget(
            name: "mailtee",
            dependencies: [
                "Inflate", "Wire", "Conversation", "Dialects", "Message", "Lint", "Compare", "Capture", "Archive",
                "Authority",
                "Tap", "Postbox",
                arguments,
            ]),

        .testTarget(name: "InflateTests", dependencies: ["Inflate", "CZlib"]),
        .testTarget(name: "WireTests", dependencies: ["Wire"]),
        .testTarget(
            name: "DialectsTests", dependencies: ["Dialects", "Conversation", "Wire"], exclude: ["Transcripts"]),
        .testTarget(name: "CaptureTests", dependencies: ["Capture", "Conversation", "Wire"]),
        .testTarget(name: "PostboxTests", dependencies: ["Postbox", "Wire"]),
        .testTarget(
            name: "ArchiveTests", dependencies: ["Archive", "Capture", "Conversation", "Wire", "CZlib", nioCore]),
        .testTarget(name: "AuthorityTests", dependencies: ["Authority", "Conversation"]),
        .testTarget(
            name: "LintTests", dependencies: ["Lint", "Dialects", "Message", "Conversation", "Wire"],
            exclude: ["Broken", "BrokenLater"]),
        .testTarget(name: "MessageTests", dependencies: ["Message", "Wire"]),
        .testTarget(name: "CompareTests", dependencies: ["Compare", "Dialects", "Conversation", "Wire"]),
        .testTarget(name: "TapTests", dependencies: ["Tap", "Conversation", "Wire"]),
        .testTarget(name: "BoundaryTests"),
    ],
    swiftLanguageModes: [.v6]
)
