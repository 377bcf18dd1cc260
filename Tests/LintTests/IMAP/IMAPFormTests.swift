import Testing

@testable import Lint

@Suite struct IMAPFormTests {
    private static func form(_ command: String) -> IMAPForm { IMAPForm(pieces: [Array(command.utf8)]) }

    @Test(arguments: [
        #"a1 SELECT INBOX"#,
        #"a1 SELECT "[Gmail]/Sent Mail""#,
        #"a1 SELECT [Gmail]/Trash"#,
        #"a1 SELECT INBOX (CONDSTORE)"#,
        #"a1 SELECT INBOX (QRESYNC (1234 5678 1:3 (1,2 3,4)))"#,
        #"a1 SELECT ~/Mail/foo"#,
        #"a1 SELECT #news.comp"#,
        #"a1 SELECT "a \"b\"""#,
        #"a1 STATUS "INBOX" (MESSAGES UNSEEN UIDNEXT)"#,
        #"a1 status inbox (messages)"#,
        #"a1 STATUS INBOX (X-GUID)"#,
        #"a1 APPEND Sent {3+}"#,
        #"a1 APPEND "Sent" (\Seen) " 3-Feb-2025 18:28:47 +0000" {3+}"#,
        #"a1 APPEND "Sent" () "03-Feb-2025 18:28:47 -0930" {3+}"#,
        #"a1 APPEND "Sent" ($Forwarded \Seen NonJunk) {3+}"#,
        #"a1 STORE 1:* +FLAGS (\Deleted)"#,
        #"a1 STORE 1,3:5 -FLAGS.SILENT \Seen \Deleted"#,
        #"a1 STORE 1 (UNCHANGEDSINCE 5) +FLAGS (\Seen)"#,
        #"a1 STORE 1 FLAGS ()"#,
        #"a1 STORE 1 +FLAGS ($MDNSent)"#,
        #"a1 UID STORE $ +FLAGS (\Seen)"#,
        #"a1 FETCH 1 ALL"#,
        #"a1 FETCH 1:* FAST"#,
        #"a1 FETCH 1 (FLAGS UID RFC822.SIZE BODY.PEEK[HEADER.FIELDS (Date From "X Y")])"#,
        #"a1 FETCH 1 BODY[1.2.HEADER.FIELDS.NOT (Date)]<0.100>"#,
        #"a1 FETCH 1 BODY.PEEK[]<0.1000>"#,
        #"a1 FETCH 1 BODY[1.MIME]"#,
        #"a1 FETCH 1 (BODY[HEADER] BODY[TEXT] BINARY.PEEK[1] BINARY.SIZE[1.2])"#,
        #"a1 UID FETCH 1:* (FLAGS) (CHANGEDSINCE 5 VANISHED)"#,
        #"a1 UID SEARCH ALL"#,
        #"a1 SEARCH CHARSET UTF-8 SUBJECT "hello world""#,
        #"a1 SEARCH CHARSET UTF-8 SUBJECT {3+}"#,
        #"a1 SEARCH RETURN (MIN MAX) UNSEEN"#,
        #"a1 SEARCH SINCE 1-Feb-2025 BEFORE "2-Feb-2025""#,
        #"a1 SEARCH OR (FROM a TO b) NOT SEEN"#,
        #"a1 SEARCH OR OR FROM a FROM b FROM c"#,
        #"a1 SEARCH UID 1:* UNDELETED"#,
        #"a1 SEARCH 1:5,7 UNSEEN"#,
        #"a1 SEARCH HEADER Message-ID <a@b>"#,
        #"a1 SEARCH (UNSEEN UNDELETED)"#,
        #"a1 SEARCH KEYWORD $Forwarded UNKEYWORD Junk"#,
        #"a1 SEARCH YOUNGER 5 LARGER 100"#,
        #"a1 SEARCH UNSEEN SUBJECT """#,
        #"a1 SORT (REVERSE DATE) UTF-8 ALL"#,
        #"a1 UID SORT RETURN (ALL) (DATE) US-ASCII UNDELETED"#,
        #"a1 THREAD REFERENCES UTF-8 ALL"#,
        #"a1 LIST "" *"#,
        #"a1 LIST "" "%""#,
        #"a1 LIST "" """#,
        #"a1 LIST (SUBSCRIBED) "" (a b) RETURN (CHILDREN STATUS (MESSAGES))"#,
        #"a1 LIST (SUBSCRIBED) "" *"#,
        #"a1 LIST "" "*" RETURN (SPECIAL-USE)"#,
        #"a1 LSUB "" "*""#,
        #"a1 LIST "" INBOX.*"#,
        #"a1 COPY 1 "Sent Mail""#,
        #"a1 UID COPY 1:5 INBOX.Trash"#,
        #"a1 UID MOVE 1 Trash"#,
        #"a1 RENAME "a b" c"#,
        #"a1 CREATE foo/"#,
        #"a1 CREATE Drafts (USE (\Drafts))"#,
        #"a1 CREATE &ZeVnLIqe-"#,
        #"a1 DELETE foo"#,
        #"a1 NOOP"#,
        #"a1 EXPUNGE"#,
        #"a1 ID NIL"#,
        #"a1 ID ("name" "mutt" "version" NIL)"#,
        #"a1 UID EXPUNGE 1:4"#,
        #"a1 COMPRESS DEFLATE"#,
        #"a1 GETQUOTAROOT INBOX"#,
    ]) func isWellFormed(_ command: String) {
        guard case .wellFormed = Self.form(command) else {
            Issue.record("\(command): \(Self.form(command))")
            return
        }
    }

    @Test(arguments: [
        #"a1 SELECT [Gmail]/Sent Mail"#,
        #"a1 SELECT"#,
        #"a1 SELECT (INBOX)"#,
        #"a1 EXAMINE Sent Items"#,
        #"a1 STATUS INBOX MESSAGES"#,
        #"a1 STATUS INBOX"#,
        #"a1 STATUS Sent Mail (MESSAGES)"#,
        #"a1 STATUS INBOX (EXISTS)"#,
        #"a1 STATUS INBOX ()"#,
        #"a1 APPEND Sent \Seen {3+}"#,
        #"a1 APPEND Sent Items (\Seen) {3+}"#,
        #"a1 APPEND Sent (Seen) {3+}"#,
        #"a1 APPEND Sent (\Seen) "3-Feb-2025 18:28:47 +0000" {3+}"#,
        #"a1 APPEND Sent (\Seen) "Mon, 3 Feb 2025 18:28:47 +0000" {3+}"#,
        #"a1 APPEND Sent (\Seen) "03-Feb-2025 18:28:47" {3+}"#,
        #"a1 APPEND Sent "03-Feb-2025 18:28:47 +0000" (\Seen) {3+}"#,
        #"a1 APPEND Sent (\Seen) "hello""#,
        #"a1 APPEND Sent (\Seen)"#,
        #"a1 APPEND Sent 03-Feb-2025 {3+}"#,
        #"a1 STORE 1 +FLAGS (Deleted)"#,
        #"a1 STORE 1 +FLAGS ("\Deleted")"#,
        #"a1 STORE 1 +FLAGS (\Seen, \Deleted)"#,
        #"a1 STORE 1 +FLAGS (\Seen,\Deleted)"#,
        #"a1 STORE 1 +FLAGS"#,
        #"a1 STORE 1 (\Deleted)"#,
        #"a1 STORE 1 +FLAG (\Deleted)"#,
        #"a1 STORE 1 +FLAGS (\Deleted"#,
        #"a1 STORE 1 +FLAGS \Deleted)"#,
        #"a1 STORE 1,2, +FLAGS (\Deleted)"#,
        #"a1 STORE (1 2) +FLAGS (\Deleted)"#,
        #"a1 STORE 1-3 +FLAGS (\Deleted)"#,
        #"a1 STORE 1, 2 +FLAGS (\Deleted)"#,
        #"a1 FETCH 1 2 FLAGS"#,
        #"a1 FETCH 1:"#,
        #"a1 FETCH 1"#,
        #"a1 FETCH 1 FLAGS UID"#,
        #"a1 FETCH 1 (FLAGS UID"#,
        #"a1 FETCH 1 BODY.PEEK"#,
        #"a1 FETCH 1 BODY[HEADER.FIELD (Date)]"#,
        #"a1 FETCH 1 BODY[HEADER.FIELDS Date]"#,
        #"a1 FETCH 1 BODY[]<0>"#,
        #"a1 FETCH 1 BODY[MIME]"#,
        #"a1 FETCH 1 (BODY[1.MIME] RFC822.PEEK)"#,
        #"a1 FETCH 1 "FLAGS""#,
        #"a1 FETCH 1 ()"#,
        #"a1 FETCH ALL FLAGS"#,
        #"a1 FETCH * : 1 FLAGS"#,
        #"a1 UID FETCH 1..5 FLAGS"#,
        #"a1 UID 5 FETCH FLAGS"#,
        #"a1 UID"#,
        #"a1 SEARCH SINCE 2025-12-21"#,
        #"a1 SEARCH SINCE 12/21/2025"#,
        #"a1 SEARCH SINCE 7 Feb 2025"#,
        #"a1 SEARCH SINCE "7 Feb 2025""#,
        #"a1 SEARCH SINCE 21-Dez-2025"#,
        #"a1 SEARCH SINCE 21-Dec-25"#,
        #"a1 SEARCH SINCE "21-Dec-2025 10:00:00""#,
        #"a1 SEARCH SINCE"#,
        #"a1 SEARCH"#,
        #"a1 SEARCH SUBJECT hello world"#,
        #"a1 SEARCH HEADER Message-ID"#,
        #"a1 SEARCH FROM a AND TO b"#,
        #"a1 SEARCH OR FROM a"#,
        #"a1 SEARCH UNREAD"#,
        #"a1 SEARCH ALL CHARSET UTF-8"#,
        #"a1 SEARCH LARGER 5K"#,
        #"a1 SEARCH (FROM a"#,
        #"a1 SEARCH OR (FROM a TO b) SINCE 2025-01-01"#,
        #"a1 SEARCH ((UNSEEN)"#,
        #"a1 SORT DATE UTF-8 ALL"#,
        #"a1 SORT (DATE) ALL"#,
        #"a1 THREAD REFERENCES ALL"#,
        #"a1 LIST """#,
        #"a1 LIST *"#,
        #"a1 LIST "" Sent Mail"#,
        #"a1 LSUB"#,
        #"a1 COPY 1 Sent Mail"#,
        #"a1 COPY 1"#,
        #"a1 COPY Trash 1"#,
        #"a1 MOVE 1 Sent Items"#,
        #"a1 RENAME a"#,
        #"a1 RENAME old name new"#,
        #"a1 CREATE My Folder"#,
        #"a1 CREATE"#,
        #"a1 CREATE foo*"#,
        #"a1 DELETE a\b"#,
        #"a1 SUBSCRIBE a b"#,
        #"a1 NOOP 1"#,
        #"a1 EXPUNGE 1:3"#,
        #"a1 IDLE INBOX"#,
        #"a1 CLOSE INBOX"#,
        #"a1 LOGOUT now"#,
        #"a1 ID"#,
        #"a1 ID ("name")"#,
        #"a1 ID name mutt"#,
        #"a1 ENABLE"#,
        #"a1 UID EXPUNGE"#,
        #"a1 COMPRESS"#,
        #"a1 SELECT "a"b"#,
        #"a1 SELECT a"b c""#,
        #"a1 SELECT {5"#,
        #"a1 FETCH 1 {3"#,
        #"a1 SELECT "abc"#,
    ]) func isMalformed(_ command: String) {
        guard case .malformed(let flaw) = Self.form(command) else {
            Issue.record("\(command): \(Self.form(command))")
            return
        }
        #expect(!flaw.what.en.isEmpty && flaw.what.en != flaw.what.ja)
    }

    /// Extensions that are not known here.
    @Test(arguments: [
        #"a1 APPEND INBOX CATENATE (URL "/INBOX")"#,
        #"a1 STORE 1 +X-GM-LABELS (\Inbox "a b")"#,
        #"a1 FETCH 1 (X-GM-MSGID X-GM-LABELS)"#,
        #"a1 FETCH 1 (PREVIEW (LAZY))"#,
        #"a1 SEARCH X-GM-RAW "a""#,
        #"a1 SEARCH MODSEQ 5"#,
        #"a1 XFOO bar"#,
        #"a1 NOTIFY SET (selected (MessageNew))"#,
        #"a1 GETMETADATA INBOX "/private/x""#,
    ]) func isUnknown(_ command: String) {
        guard case .unknown = Self.form(command) else {
            Issue.record("\(command): \(Self.form(command))")
            return
        }
    }

    @Test func whatIsMaskedIsRight() {
        for command in [
            "a1 LOGIN alice XXXXXXXX", "a1 LOGIN {5}", "a1 AUTHENTICATE PLAIN XXXX", "a1 AUTHENTICATE PLAIN",
        ] {
            guard case .wellFormed = Self.form(command) else {
                Issue.record("\(command)")
                continue
            }
        }
        for command in ["a1 LOGIN", "a1 LOGIN alice", "a1 AUTHENTICATE"] {
            guard case .malformed = Self.form(command) else {
                Issue.record("\(command)")
                continue
            }
        }
    }

    @Test func piecesBelongTogether() {
        let pieces = ["a1 SEARCH SUBJECT {3}", " SINCE 2025-12-21"].map { Array($0.utf8) }
        guard case .malformed(let flaw) = IMAPForm(pieces: pieces) else {
            Issue.record("the date is behind a literal")
            return
        }
        #expect(flaw.what.en.contains("21-Dec-2025"))
        guard case .wellFormed = IMAPForm(pieces: [pieces[0]]) else {
            Issue.record("what is behind it may be right")
            return
        }
    }

    @Test func anyBytesAreRead() {
        var seed: UInt64 = 1
        let alphabet = Array(#"a1 FETCH STORE SEARCH SELECT()[]{}"\<>.,:*0123 +FLAGS BODY[HEADER.FIELDS OR NOT"#.utf8)
        for _ in 0..<4_000 {
            var bytes = Array(["a1 FETCH ", "a1 SEARCH ", "a1 APPEND ", "a1 STORE ", "a1 UID "][Int(seed % 5)].utf8)
            for _ in 0..<24 {
                seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                bytes.append(alphabet[Int((seed >> 33) % UInt64(alphabet.count))])
            }
            _ = IMAPForm(pieces: [bytes])
        }
    }
}
