// swift-tools-version: 6.3
import PackageDescription

// A package of its own, so that who builds mailtee neither builds nor sees any of this. `Library` is a link to the
// Sources of mailtee: the modules are compiled once more, with the counters that libFuzzer steers by.

let instrumented: [SwiftSetting] = [.unsafeFlags(["-sanitize=fuzzer"])]

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, path: "Library/\(name)", swiftSettings: instrumented)
}

func fuzzer(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .executableTarget(
        name: name, dependencies: ["Fuzzing"] + dependencies,
        linkerSettings: [.unsafeFlags(["-sanitize=fuzzer"])])
}

let package = Package(
    name: "mailtee-fuzz",
    dependencies: [.package(url: "https://github.com/apple/swift-nio", from: "2.101.2")],
    targets: [
        module("CFile"),
        .systemLibrary(name: "CZlib", path: "Library/CZlib"),
        module("Inflate", ["CZlib"]),
        module("Wire"),
        module("Conversation", ["Wire"]),
        module("Dialects", ["Wire", "Conversation"]),
        module("Message", ["Wire"]),
        module("Lint", ["Wire", "Conversation", "Message"]),
        module(
            "Capture",
            [
                "CFile", "Inflate", "Wire", "Conversation", "Dialects",
                .product(name: "NIOCore", package: "swift-nio"),
            ]),
        module("Postbox", ["Wire", "Conversation", "Dialects"]),

        .target(
            name: "Fuzzing", dependencies: ["Wire", "Conversation", "Dialects"]),
        fuzzer("FuzzSMTP"),
        fuzzer("FuzzLMTP"),
        fuzzer("FuzzPOP3"),
        fuzzer("FuzzIMAP", ["Dialects", "Conversation", "Wire"]),
        fuzzer("FuzzHTTP"),
        fuzzer("FuzzPlain", ["Conversation"]),
        fuzzer("FuzzCapture", ["Capture", "Conversation", "Dialects", "Wire"]),
        fuzzer("FuzzImport", ["Capture", "Wire"]),
        fuzzer("FuzzMessage", ["Message", "Wire"]),
        fuzzer("FuzzMIME", ["Message", "Wire"]),
        fuzzer("FuzzCharset", ["Message", "Wire"]),
        fuzzer("FuzzLint", ["Lint", "Dialects", "Conversation", "Wire"]),
        fuzzer("FuzzPostbox", ["Postbox", "Dialects", "Conversation", "Wire"]),
        fuzzer("FuzzJSON", ["Wire"]),
        fuzzer("FuzzTLS", ["Dialects", "Conversation", "Wire"]),
    ],
    swiftLanguageModes: [.v6]
)
