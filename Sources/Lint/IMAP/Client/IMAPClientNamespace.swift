import Conversation
import Wire

/// The server refuses the name of a mailbox, and had told how its names look.
struct IMAPClientNamespace: Rule {
    static let hears: RuleEvents = [.utterance, .exchange]
    private enum Limits {
        /// Mailboxes and namespaces that are remembered, and bytes of a name.
        static let mailboxes = 512
        static let namespaces = 16
        static let name = 256
    }

    static let about = RuleDescription(
        id: "imap.client.namespace",
        title: Words("A mailbox is named otherwise than the server does", ja: "メールボックス名がサーバーの付けた名前と違う"),
        severity: .warning,
        side: .client,
        clause: "RFC 2342 §5; RFC 9051 §5.1, §6.3.9, §6.3.10; RFC 3501 §5.1, §6.3.8",
        means: Words(
            """
            What mailboxes are called is for the server to say: by NAMESPACE, with the prefix that all of a user's have, \
            and by LIST, with the delimiter between the parts of a name. A client that makes names up is refused.
            """,
            ja: """
                メールボックスの名前はサーバーが決めます。NAMESPACE はユーザーの全メールボックスに付く接頭辞を、LIST は\
                名前の各部分を区切る文字を示します。クライアントが独自に組み立てた名前は拒否されます。
                """),
        remedy: Words(
            "Ask for NAMESPACE and LIST, and build names of the prefix and the delimiter that they tell.",
            ja: "NAMESPACE と LIST を確認し、それらの示す接頭辞と区切り文字で名前を組み立ててください。"),
        violating: IMAPScene.loggedIn("IMAP4rev1 NAMESPACE") + """
            C: a2 NAMESPACE
            S: * NAMESPACE (("INBOX." ".")) NIL NIL
            S: a2 OK done
            C: a3 CREATE Test
            S: a3 NO Mailbox name should be prefixed with INBOX.
            """ + IMAPScene.logout,
        conforming: IMAPScene.loggedIn("IMAP4rev1 NAMESPACE") + """
            C: a2 NAMESPACE
            S: * NAMESPACE (("INBOX." ".")) NIL NIL
            S: a2 OK done
            C: a3 CREATE INBOX.Test
            S: a3 OK done
            """ + IMAPScene.logout,
        dialects: [.imap])

    private struct Namespace {
        var prefix: [UInt8]
        var delimiter: UInt8?
    }

    private struct Listed {
        var name: [UInt8]
        var delimiter: UInt8?
        /// It is a part of other names only.
        var isNoSelect: Bool
    }

    /// The user's own come first.
    private var namespaces: [Namespace] = []
    private var listed: [Listed] = []
    private var isTooMany = false

    mutating func utterance(_ line: Utterance, in session: SessionSoFar) -> Finding? {
        guard line.direction == .server, line.dropped == 0, line.end != .none, session.piece(line) == .start,
            let data = IMAPData(line)
        else { return nil }
        if data.is("NAMESPACE") {
            heard(namespaces: data.rest)
        } else if data.is("LIST") || data.is("XLIST") || data.is("LSUB") {
            heard(list: data.rest)
        }
        return nil
    }

    private mutating func heard(namespaces rest: ArraySlice<UInt8>) {
        guard let read = try? IMAPFormTokens.read([Array(rest)], hasSections: false) else { return }
        namespaces = []
        for case .list(let kind) in read.tokens.prefix(3) {
            for case .list(let space) in kind where namespaces.count < Limits.namespaces {
                guard case .quoted(let prefix)? = space.first, prefix.count <= Limits.name, space.count > 1 else {
                    continue
                }
                namespaces.append(Namespace(prefix: prefix, delimiter: Self.delimiter(space[1])))
            }
        }
        // Whose first kind is NIL has none of their own.
        if read.tokens.first?.word == "NIL" { namespaces = [] }
    }

    private mutating func heard(list rest: ArraySlice<UInt8>) {
        guard let read = try? IMAPFormTokens.read([Array(rest)], hasSections: false), read.tokens.count > 2,
            case .list(let attributes) = read.tokens[0]
        else { return }
        let name: [UInt8]
        switch read.tokens[2] {
        case .atom(let bytes), .quoted(let bytes): name = bytes
        case .literal, .list: return isTooMany = true
        }
        guard name.count <= Limits.name, !listed.contains(where: { $0.name == name }) else { return }
        guard listed.count < Limits.mailboxes else { return isTooMany = true }
        let isNoSelect = attributes.contains { $0.word == "\\NOSELECT" || $0.word == "\\NONEXISTENT" }
        listed.append(Listed(name: name, delimiter: Self.delimiter(read.tokens[1]), isNoSelect: isNoSelect))
    }

    private static func delimiter(_ token: IMAPFormToken) -> UInt8? {
        if case .quoted(let bytes) = token, bytes.count == 1 { bytes.first } else { nil }
    }

    // MARK: - What is refused

    private static let reasons: [StaticString] = [
        "NONEXISTENT", "TRYCREATE", "CANNOT", "NAMESPACE", "PREFIX", "EXIST", "UNKNOWN MAILBOX", "UNKNOWN FOLDER",
        "NO SUCH", "NOT FOUND", "INVALID MAILBOX", "INVALID FOLDER", "INVALID NAME", "MAILBOX NAME", "FOLDER NAME",
        "CAN'T OPEN", "CANNOT OPEN", "CAN'T CREATE", "CANNOT CREATE", "DELIMITER", "HIERARCHY", "SEPARATOR", "NOSELECT",
        "NOT SELECTABLE", "PERMISSION DENIED", "UNABLE TO",
    ]
    private static let otherCodes: Set<String> = ["ALREADYEXISTS", "OVERQUOTA", "INUSE", "LIMIT", "NOPERM"]

    mutating func exchange(_ exchange: Exchange, in session: SessionSoFar) -> Finding? {
        let places = IMAPVerb.mailboxes(exchange.verb)
        guard !places.isEmpty, let reply = exchange.replies.last, reply.code == "NO", session.followsIMAP,
            // A code that tells of another reason speaks against it.
            IMAPCode.words(reply).first.map({ !Self.otherCodes.contains(ASCII.uppercased($0)) }) ?? true
        else { return nil }
        let isAboutName = IMAPText.says(reply.lines.first?[...] ?? [], Self.reasons)
        var tokens = IMAPTokens(IMAPArguments.of(exchange.command, verb: exchange.verb))
        for place in 0..<places.upperBound {
            guard let token = tokens.next() else { return nil }
            guard places.contains(place), let name = token.string, name.count <= Limits.name, !name.isEmpty,
                let why = why(name, exchange.verb, isAboutName)
            else { continue }
            return finding(
                at: Place(commandOf: exchange, in: session), in: session,
                means: Words(
                    "The client said \(Quote.of(exchange.command)), and \(why.en). The server answered \(Quote.of(reply)).",
                    ja: "クライアントは \(Quote.of(exchange.command)) を送りましたが、\(why.ja)。サーバーの応答は \(Quote.of(reply)) でした。"))
        }
        return nil
    }

    private func why(_ name: [UInt8], _ verb: String, _ isAboutName: Bool) -> Words? {
        if let known = listed.first(where: { $0.name == name }) {
            guard isAboutName, known.isNoSelect, verb != "CREATE", verb != "DELETE", verb != "RENAME" else {
                return nil
            }
            return Words(
                "LIST marks \(Quote.of(name)) as one that holds no messages and cannot be selected",
                ja: "LIST では \(Quote.of(name)) にメッセージを持てない (選択できない) という印が付いています")
        }
        if ASCII.equal(name, "INBOX") { return nil }
        return otherDelimiter(name) ?? missingPrefix(name) ?? (isAboutName ? otherCase(name) : nil)
    }

    private func missingPrefix(_ name: [UInt8]) -> Words? {
        if let own = namespaces.first {
            guard !own.prefix.isEmpty, !namespaces.contains(where: { Self.belongs(name, to: $0.prefix) }) else {
                return nil
            }
            let whole = Quote.of(own.prefix + name)
            return Words(
                "NAMESPACE says that all mailboxes of this user begin with \(Quote.of(own.prefix)): it would be \(whole)",
                ja: "NAMESPACE によれば、このユーザーのメールボックスはすべて \(Quote.of(own.prefix)) で始まります。正しくは \(whole) です")
        }
        // Without NAMESPACE the names themselves tell, where there are some and all look alike.
        let others = listed.filter { !ASCII.equal($0.name, "INBOX") }
        guard others.count > 1, !isTooMany, let delimiter = others[0].delimiter else { return nil }
        let prefix = Array("INBOX".utf8) + [delimiter]
        guard others.allSatisfy({ ASCII.equal($0.name.prefix(5), "INBOX") && $0.name.dropFirst(5).first == delimiter }),
            !ASCII.equal(name.prefix(5), "INBOX")
        else { return nil }
        let whole = Quote.of(prefix + name)
        return Words(
            "all \(others.count) mailboxes that LIST tells of begin with \(Quote.of(prefix)): it would be \(whole)",
            ja: "LIST の示す \(others.count) 個のメールボックスはすべて \(Quote.of(prefix)) で始まります。正しくは \(whole) です")
    }

    private static func belongs(_ name: [UInt8], to prefix: [UInt8]) -> Bool {
        guard name.count >= prefix.count else { return name.elementsEqual(prefix.prefix(max(prefix.count - 1, 0))) }
        return zip(name, prefix).allSatisfy { $0.uppercased == $1.uppercased }
    }

    private static let delimiters: Set<UInt8> = [UInt8(ascii: "/"), Byte.dot, UInt8(ascii: "\\")]

    private func otherDelimiter(_ name: [UInt8]) -> Words? {
        guard
            let delimiter = listed.lazy.compactMap(\.delimiter).first ?? namespaces.lazy.compactMap(\.delimiter).first,
            let wrong = name.first(where: { Self.delimiters.contains($0) && $0 != delimiter })
        else { return nil }
        let right = name.map { $0 == wrong ? delimiter : $0 }
        let parent = right.prefix { $0 != delimiter }
        // A name may have the character in it where nothing shows that it was meant for the delimiter.
        guard
            listed.contains(where: { $0.name == right || $0.name.elementsEqual(parent) })
                || ASCII.equal(parent, "INBOX")
        else { return nil }
        return Words(
            "the parts of names are parted by \(Quote.of([delimiter])) on this server, not by \(Quote.of([wrong])): it would be \(Quote.of(right))",
            ja: "このサーバーの区切り文字は \(Quote.of([wrong])) ではなく \(Quote.of([delimiter])) です。正しくは \(Quote.of(right)) です")
    }

    private func otherCase(_ name: [UInt8]) -> Words? {
        let upper = ASCII.uppercased(name)
        if let other = listed.first(where: { ASCII.uppercased($0.name) == upper }) {
            return Words(
                "LIST tells of \(Quote.of(other.name)): names differ by upper and lower case",
                ja: "LIST にあるのは \(Quote.of(other.name)) です。名前は大文字と小文字を区別します")
        }
        guard let other = listed.first(where: { $0.delimiter != nil && name == $0.name + [$0.delimiter ?? 0] }) else {
            return nil
        }
        return Words(
            "LIST tells of \(Quote.of(other.name)), without the delimiter at the end",
            ja: "LIST にあるのは末尾に区切り文字のない \(Quote.of(other.name)) です")
    }
}
