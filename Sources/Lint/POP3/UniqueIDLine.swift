import Conversation
import Wire

/// What the server says of the id of one message: a line of UIDL's listing, or the answer to `UIDL n`.
struct UniqueIDLine {
    var listing: UniqueIDListing
    var line: Utterance

    /// - Parameter line: a line that the server says now.
    init?(_ line: Utterance, in session: SessionSoFar) {
        let pop3 = session.pop3
        guard line.direction == .server, line.kind == .reply, line.end != .none, let asked = pop3.asked,
            asked.verb == "UIDL", session.followsPOP3
        else { return nil }
        self.line = line
        if pop3.listing != nil {
            listing = UniqueIDListing(line.bytes[...])
        } else if asked.arguments > 0, line.bytes.starts(with: "+OK".utf8) {
            listing = UniqueIDListing(ScanListing.text(ofStatus: line.bytes))
        } else {
            return nil
        }
    }
}

/// The same of sizes: a line of LIST's listing, or the answer to `LIST n`.
struct SizeLine {
    var listing: ScanListing
    var asked: POP3SoFar.Asked

    init?(_ line: Utterance, in session: SessionSoFar) {
        let pop3 = session.pop3
        guard line.direction == .server, line.kind == .reply, line.end != .none, let asked = pop3.asked,
            asked.verb == "LIST", session.followsPOP3
        else { return nil }
        self.asked = asked
        if pop3.listing != nil {
            listing = ScanListing(line.bytes[...])
        } else if asked.arguments > 0, line.bytes.starts(with: "+OK".utf8) {
            listing = ScanListing(ScanListing.text(ofStatus: line.bytes))
        } else {
            return nil
        }
    }
}
