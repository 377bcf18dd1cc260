import ArgumentParser
import Authority
import Conversation
import Wire

struct CACommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ca",
        abstract: "The authority of your own that issues what clients are shown inside TLS.",
        discussion: "It is made when it is first needed, and kept in the folder authority of the store.",
        subcommands: [Create.self, Show.self, Export.self, Trust.self])

    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Make it now; with --replace a new one in the place of the old, which clients must then be told of.")
        @OptionGroup var store: StoreOption
        @Flag(help: "Make a new one where there is one.")
        var replace = false

        func run() throws {
            let authority = try Authority.create(in: store.authorityPath, replacing: replace)
            Output.line("\(authority.name), in \(authority.certificatePath)")
            Output.line("mailtee ca trust tells how to make clients trust it.")
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What it is called, until when it lasts, where it lies.")
        @OptionGroup var store: StoreOption
        @Flag(help: "One JSON object.")
        var json = false

        func run() throws {
            let authority = try Authority.open(in: store.authorityPath)
            let facts = authority.facts
            if json {
                var members = [JSON.Member("path", .string(authority.certificatePath))]
                if case .object(let more) = facts.json { members += more }
                return Output.line(JSON.object(members).text)
            }
            Output.line("subject      \(Picture.of(text: facts.subject))")
            Output.line("from         \(TLSWords.day(facts.notBefore))")
            Output.line("until        \(TLSWords.day(facts.notAfter))")
            Output.line("fingerprint  \(facts.fingerprint)")
            Output.line("certificate  \(authority.certificatePath)")
        }
    }

    struct Export: ParsableCommand {
        enum Format: String, ExpressibleByArgument, CaseIterable {
            case pem
            case der
        }

        static let configuration = CommandConfiguration(
            abstract: "Its certificate, to standard output; the private key is never printed.")
        @OptionGroup var store: StoreOption
        @Option(help: "pem, or der.")
        var format: Format = .pem

        func run() throws {
            let authority = try Authority.openOrCreate(in: store.authorityPath)
            switch format {
            case .pem: Output.bytes(Array(authority.certificatePEM.utf8))
            case .der: Output.bytes(authority.certificateDER)
            }
        }
    }

    struct Trust: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "How to make systems and programs trust it, and how to take that back.")
        @OptionGroup var store: StoreOption
        @Argument(
            help: ArgumentHelp("One of them; else all.", valueName: "name"),
            completion: .list(TrustInstructions.ids))
        var name: String?

        func run() throws {
            let instructions = TrustInstructions(try Authority.openOrCreate(in: store.authorityPath))
            guard let name else { return Output.line(instructions.text) }
            guard let unit = instructions.units.first(where: { $0.id == name.lowercased() }) else {
                throw ValidationError(
                    "'\(name)' is not known; there are: \(TrustInstructions.ids.joined(separator: ", "))")
            }
            Output.line(instructions.text(unit))
        }
    }
}
