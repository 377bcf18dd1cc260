import Testing

@testable import Lint

@Suite struct IMAPServerDataTests {
    private typealias Case = IMAPCase

    private static func fetch(_ items: String) -> String {
        Case.selected + "C: a3 FETCH 2 (BODYSTRUCTURE)\nS: * 2 FETCH (\(items))\nS: a3 OK done\n"
    }

    private static func told(_ data: String) -> String {
        Case.selected + "C: a3 NOOP\nS: * \(data)\nS: a3 OK done\n"
    }

    private static let text = #"("TEXT" "PLAIN" ("CHARSET" "utf-8") NIL NIL "7BIT" 12 1)"#
    private static let who = #"(("a b" NIL "a" "b.example"))"#
    private static var envelope: String { #"("d" "s" \#(who) \#(who) \#(who) \#(who) NIL NIL NIL "<m@x>")"# }

    @Test(arguments: [
        Case("server.bodystructure", fetch(#"BODY ("MIXED")"#), "no part in it", .error),
        Case(
            "server.bodystructure", fetch(#"BODYSTRUCTURE ("MIXED" ("BOUNDARY" "x") NIL NIL NIL)"#), "no part", .error),
        Case("server.bodystructure", fetch("BODY (\(text)\(text))"), "no subtype", .error),
        Case("server.bodystructure", fetch("BODY (\(text)() \"MIXED\")"), "empty list `()`", .error),
        Case("server.bodystructure", fetch(#"BODY ("TEXT" "PLAIN" NIL NIL NIL "7BIT")"#), "6 fields", .error),
        Case(
            "server.bodystructure", fetch(#"BODY ("TEXT" PLAIN NIL NIL NIL "7BIT" 3 1)"#), "`PLAIN` stands without",
            .error),
        Case(
            "server.bodystructure", fetch(#"BODY ("TEXT" "PLAIN" "x" NIL NIL "7BIT" 3 1)"#), "parameters are due",
            .error),
        Case("server.bodystructure", fetch(#"BODY ("TEXT" "PLAIN" ("a") NIL NIL "7BIT" 3 1)"#), "no pairs", .error),
        Case("server.bodystructure", fetch(#"BODY ("TEXT" "PLAIN" NIL NIL NIL "7BIT" "3" 1)"#), "the size", .error),
        Case(
            "server.bodystructure", fetch(#"BODY ("TEXT" "PLAIN" NIL NIL NIL "7BIT" 3)"#), "no number of lines",
            .warning),
        Case("server.bodystructure", fetch(#"BODY ("TEXT" "PLAIN" NIL NIL NIL "7BIT" 3 -1)"#), "`-1`", .warning),
        Case(
            "server.bodystructure", fetch(#"BODY ("MESSAGE" "RFC822" NIL NIL NIL "7BIT" 3)"#), "no envelope", .warning),
        Case("server.bodystructure", fetch(#"ENVELOPE (NIL NIL NIL NIL NIL NIL NIL NIL NIL)"#), "9 fields", .error),
        Case(
            "server.bodystructure", fetch(#"ENVELOPE (NIL NIL ("a") NIL NIL NIL NIL NIL NIL NIL)"#), "of from has",
            .error),
        Case(
            "server.bodystructure", fetch(#"ENVELOPE (NIL NIL () NIL NIL NIL NIL NIL NIL NIL)"#), "empty list", .warning
        ),
        Case(
            "server.bodystructure", fetch(#"ENVELOPE (NIL NIL "a@b" NIL NIL NIL NIL NIL NIL NIL)"#), "list of lists",
            .error),
        Case("server.fetch-range", told("0 FETCH (FLAGS ())"), "begin with 1"),
        Case("server.data-syntax", told("EXISTS 3"), "no number stands before EXISTS"),
        Case("server.data-syntax", told("-1 EXISTS"), "`-1`"),
        Case("server.data-syntax", told("3 EXISTS now"), "behind EXISTS"),
        Case("server.data-syntax", told("FLAGS \\Seen \\Deleted"), "no list"),
        Case("server.data-syntax", told(#"FLAGS ("\Seen")"#), "no flag"),
        Case("server.data-syntax", told(#"LIST () / INBOX"#), "delimiter"),
        Case("server.data-syntax", told(#"LIST () "//" INBOX"#), "delimiter"),
        Case("server.data-syntax", told(#"LIST () "/" Sent Items"#), "stands in quotes"),
        Case("server.data-syntax", told(#"LIST "/" INBOX"#), "attributes"),
        Case("server.data-syntax", told(#"LIST () "/""#), "name is missing"),
        Case("server.data-syntax", told(#"LIST (\HasNoChildren "/" INBOX"#), "not closed"),
        Case("server.data-syntax", told("STATUS INBOX MESSAGES 3"), "no list"),
        Case("server.data-syntax", told("STATUS Sent Items (MESSAGES 3)"), "stands in quotes"),
        Case("server.data-syntax", told("STATUS INBOX (MESSAGES)"), "no pairs"),
        Case("server.data-syntax", told("STATUS INBOX (MESSAGES NIL)"), "value of MESSAGES"),
        Case("server.data-syntax", told("NAMESPACE ((\"\" \"/\")) NIL"), "here stand 2"),
        Case("server.data-syntax", told("OK [UIDNEXT] next"), "UIDNEXT", .warning),
        Case("server.data-syntax", told("OK [PERMANENTFLAGS \\Seen] x"), "PERMANENTFLAGS", .warning),
        Case(
            "server.data-syntax", Case.selected + "C: a3 UID COPY 7 x\nS: a3 OK [COPYUID 7] done\n", "COPYUID", .warning
        ),
        Case("server.data-missing", Case.selected + "C: a3 UID SEARCH ALL\nS: a3 OK done\n", "`* SEARCH`"),
        Case("server.data-missing", Case.loggedIn + "C: a2 CAPABILITY\nS: a2 OK done\n", "`* CAPABILITY`"),
        Case(
            "server.lost-state", Case.selected + "C: a3 FETCH 1 FLAGS\nS: a3 NO No mailbox selected\n", "of a mailbox"),
        Case(
            "server.lost-state",
            Case.selected + "C: a3 NOOP\nS: a3 OK\nC: a4 STATUS x (UNSEEN)\nS: a4 NO not logged in\n"),
        Case(
            "server.no-tagged-reply",
            Case.ready + "C: a1 LOGIN a «b»\nS: * OK LOGIN completed\nwait: 30\nend: client-closed\n", "a star", .error),
        Case(
            "server.no-tagged-reply",
            Case.selected + "C: a3 SEARCH ALL\nS: * SEARCH 1 2\nwait: 40\nend: client-closed\n", "* SEARCH 1 2",
            .warning),
        Case(
            "server.literal-count",
            Case.selected
                + "C: a3 FETCH 2 BODY[]\nS: * 2 FETCH (BODY[] {99}\nS: From: a\nS: \nS: b\nS: )\nS: a3 OK done\nwait: 60\nend: client-closed\n",
            "announced a literal of 99 octets and sent 14"),
    ]) func isFound(_ one: IMAPCase) throws { try one.isFound() }

    @Test(arguments: [
        Case("server.bodystructure", fetch("BODY \(text)")),
        Case(
            "server.bodystructure",
            fetch(
                #"BODYSTRUCTURE (\#(text)("IMAGE" "PNG" NIL "<i>" NIL "BASE64" 99 NIL ("INLINE" ("FILENAME" "x.png")) ("en" "de") NIL) "RELATED" ("BOUNDARY" "b") NIL NIL NIL)"#
            )),
        Case(
            "server.bodystructure", fetch("BODY (\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 99 \(envelope) \(text) 9)")
        ),
        Case("server.bodystructure", fetch("ENVELOPE \(envelope)")),
        Case("server.bodystructure", fetch("ENVELOPE (NIL {3}\nS: a)b NIL NIL NIL NIL NIL NIL NIL NIL)")),
        // Its quotes and parentheses are another rule's matter.
        Case("server.bodystructure", fetch(#"BODY ("MIXED""#)),
        // Beyond what is looked at.
        Case(
            "server.bodystructure",
            fetch("BODY " + String(repeating: "(", count: 90) + String(repeating: ")", count: 90))),
        Case("server.fetch-range", Case.selected + "C: a3 NOOP\nS: * VANISHED 5\nS: * 9 FETCH (FLAGS ())\nS: a3 OK\n"),
        Case("server.fetch-range", Case.selected + "C: a3 SELECT x\nS: * 9 FETCH (FLAGS ())\nS: a3 OK\n"),
        Case("server.data-syntax", told("SEARCH")),
        Case("server.data-syntax", told("SEARCH 1 2 (MODSEQ 9)")),
        Case("server.data-syntax", told(#"LIST (\Marked \Sent) "\\" "a b" ("CHILDINFO" ("SUBSCRIBED"))"#)),
        Case("server.data-syntax", told("LIST () NIL INBOX")),
        Case("server.data-syntax", told("LIST () \"/\" {4}\nS: Junk")),
        Case("server.data-syntax", told(#"XLIST (\HasNoChildren \Inbox) "/" [Gmail]/Alle"#)),
        Case("server.data-syntax", told("STATUS \"a b\" (MESSAGES 3 APPENDLIMIT NIL MAILBOXID (F1)) ")),
        Case("server.data-syntax", told("FLAGS ()")),
        Case("server.data-syntax", told(#"NAMESPACE (("" "/")("mail/" "/")) (("~" "/")) NIL"#)),
        Case("server.data-syntax", told("OK [ALERT] hi")),
        Case("server.data-syntax", told("OK [192.0.2.1 no code")),
        Case("server.data-syntax", told("ESEARCH (TAG \"a\") UID ALL 4:18,21 COUNT 17")),
        Case("server.data-syntax", told("QUOTA \"\" (STORAGE 10 512)")),
        Case("server.data-missing", Case.selected + "C: a3 SEARCH ALL\nC: a4 NOOP\nS: a3 OK\nS: a4 OK\n"),
        Case("server.data-missing", Case.selected + "C: a3 SEARCH RETURN (SAVE) ALL\nS: a3 OK done\n"),
        Case(
            "server.data-missing", Case.selected + "C: a3 SEARCH RETURN () ALL\nS: * ESEARCH (TAG \"a3\")\nS: a3 OK\n"),
        Case("server.data-missing", Case.loggedIn + "C: a2 STATUS x (UNSEEN)\nS: a2 NO no\n"),
        Case("server.lost-state", Case.loggedIn + "C: a2 FETCH 1 FLAGS\nS: a2 BAD No mailbox selected\n"),
        Case(
            "server.lost-state", Case.ready + "C: a1 CAPABILITY\nS: a1 OK\nC: a2 LIST \"\" *\nS: a2 BAD not logged in\n"
        ),
        Case(
            "server.lost-state",
            Case.selected + "C: a3 SELECT x\nS: a3 NO no\nC: a4 FETCH 1 UID\nS: a4 NO not selected\n"),
        // What the server tells while it is at work.
        Case(
            "server.no-tagged-reply",
            Case.selected + "C: a3 SEARCH ALL\nS: * OK Still here\nwait: 10\nend: client-closed\n"),
        Case(
            "server.no-tagged-reply",
            Case.selected + "C: a3 IDLE\nS: + ok\nS: * 4 EXISTS\nwait: 90\nend: client-closed\n"),
        Case(
            "server.no-tagged-reply",
            Case.selected + "C: a3 APPEND INBOX {30}\nS: + go\nC: abc\nwait: 90\nend: client-closed\n"),
        // Cut off in the middle.
        Case(
            "server.literal-count",
            Case.selected
                + "C: a3 FETCH 2 BODY[]\nS: * 2 FETCH (BODY[] {99}\nS: From: a\nS: \nS: b\nwait: 60\nend: client-closed\n"
        ),
    ]) func isNone(_ one: IMAPCase) throws { #expect(try one.findings().isEmpty) }
}
