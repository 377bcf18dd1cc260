import Conversation
import Wire

/// A request in the form of HAR 1.2.
struct HARRequest {
    private let exchange: Exchange
    private let head: HARHead?
    private let facts: SessionFacts

    init(_ exchange: Exchange, _ head: HARHead?, _ facts: SessionFacts) {
        self.exchange = exchange
        self.head = head
        self.facts = facts
    }

    var json: JSON {
        .members([
            "method": .string(method.text),
            "url": .string(url),
            "httpVersion": .string(head?.version ?? ""),
            "cookies": .array(head?.values("COOKIE").flatMap(HARCookie.request) ?? []),
            "headers": .array(head?.fields.map(\.json) ?? []),
            "queryString": .array(query),
            "postData": postData,
            "headersSize": .int(head?.size ?? -1),
            "bodySize": .int(head?.body?.size ?? 0),
        ])
    }

    private var words: [ArraySlice<UInt8>] { ASCII.words(exchange.command[...]) }
    private var method: ArraySlice<UInt8> { words.first ?? [] }

    /// The request target (RFC 9112 §3.2).
    private var target: String {
        var words = words.dropFirst()
        if words.count > 1, let last = words.last, ASCII.equal(last.prefix(5), "HTTP/") { words.removeLast() }
        return words.map(\.text).joined(separator: "%20")
    }

    /// The target URI (RFC 9110 §7.1).
    private var url: String {
        let target = target
        if target.contains("://") { return target }
        if exchange.verb == "CONNECT" { return "http://" + target }
        let host = head?.value("HOST").flatMap { $0.isEmpty ? nil : $0.text } ?? server
        let base = (head?.isInTLS == true ? "https://" : "http://") + host
        return target.hasPrefix("/") ? base + target : base
    }

    private var server: String {
        if case .address = facts.server { facts.server.description } else { "localhost" }
    }

    private var query: [JSON] {
        let target = target.utf8
        guard let mark = target.firstIndex(of: UInt8(ascii: "?")) else { return [] }
        return Self.pairs(target[mark...].dropFirst().prefix { $0 != UInt8(ascii: "#") })
    }

    /// The names and values of `a=b&c=d`, their escapes undone.
    private static func pairs(_ text: some Sequence<UInt8>) -> [JSON] {
        Array(text).split(separator: UInt8(ascii: "&")).map { pair in
            let name = pair.prefix { $0 != Byte.equals }
            let value = pair[name.endIndex...].dropFirst()
            return .members(["name": .string(unescaped(name)), "value": .string(unescaped(value))])
        }
    }

    private static func unescaped(_ bytes: ArraySlice<UInt8>) -> String {
        var output: [UInt8] = []
        var rest = bytes
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = UInt8(rest.prefix(2).text, radix: 16), rest.count >= 2,
                rest.prefix(2).allSatisfy({ $0 != Byte.plus && $0 != Byte.hyphen })
            {
                output.append(value)
                rest = rest.dropFirst(2)
            } else {
                output.append(byte == Byte.plus ? Byte.space : byte)
            }
        }
        return String(validating: output, as: UTF8.self) ?? bytes.text
    }

    private var postData: JSON? {
        guard let body = head?.body, body.size > 0 else { return nil }
        let content = body.content
        var remarks = content.remarks
        if content.text == nil { remarks.append("the text is base64") }
        let isForm = body.mediaType.lowercased().hasPrefix("application/x-www-form-urlencoded")
        return .members([
            "mimeType": .string(body.mediaType),
            "params": .array(isForm ? Self.pairs(content.bytes) : []),
            "text": .string(content.text ?? content.base64),
            "comment": remarks.isEmpty ? nil : .string(remarks.joined(separator: "; ")),
        ])
    }
}
