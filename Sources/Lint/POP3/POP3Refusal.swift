import Conversation
import Wire

extension Reply {
    /// It refuses a command as one that the server does not know: by its words, since there is no other way to tell.
    var soundsUnknown: Bool {
        let text = ASCII.uppercased((lines.first ?? []).prefix(120))
        if text.contains("NOT IMPLEMENTED") || text.contains("UNIMPLEMENTED") { return true }
        guard text.contains("COMMAND") || text.contains("MECHANISM") else { return false }
        return ["UNKNOWN", "UNRECOGNI", "INVALID", "UNSUPPORTED", "NOT SUPPORTED"].contains { text.contains($0) }
    }

    /// `[SYS/TEMP]`, `[IN-USE]` and the like: nothing is wrong with the command (RFC 2449 §8).
    var hasResponseCode: Bool { (lines.first ?? []).drop { $0 == Byte.space }.first == UInt8(ascii: "[") }

    var saysTemporary: Bool {
        let text = ASCII.uppercased((lines.first ?? []).prefix(120))
        return text.contains("SYS/TEMP") || text.contains("TEMPORAR")
    }
}
