import Archive
import ArgumentParser
import Capture
import Wire

struct IndexCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index",
        abstract: "What the store holds; with --rebuild, the index made anew from the segments.",
        discussion: """
            Reading commands keep the index up to date by themselves. It can be deleted at any time: the segments are
            the record, and the index is made from them.
            """)

    @OptionGroup var store: StoreOption
    @Flag(help: "Throw the index away and make it anew.")
    var rebuild = false
    @Flag(help: "One JSON object.")
    var json = false

    func run() throws {
        let found = try store.archive(anew: rebuild).statistics()
        if json {
            let object = JSON.members([
                "sessions": .int(found.sessions), "segments": .int(found.segments), "bytes": .int(found.bytes),
                "damaged": .int(found.damaged),
            ])
            return Output.line(object.text)
        }
        Output.line(
            "\(Output.count(found.sessions, "session")) in \(Output.count(found.segments, "segment")), \(found.bytes) bytes"
        )
        if found.damaged > 0 {
            Output.line("\(found.damaged) bytes are damaged: what stood there is lost, the rest is read")
        }
    }
}
