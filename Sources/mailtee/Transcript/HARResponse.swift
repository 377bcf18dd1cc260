import Conversation
import Wire

/// The response to a request in the form of HAR 1.2; one with the status 0 where none came.
struct HARResponse {
    private let exchange: Exchange
    private let head: HARHead?

    init(_ exchange: Exchange, _ head: HARHead?) {
        self.exchange = exchange
        self.head = head
    }

    var json: JSON {
        let reply = exchange.replies.last
        let interim = exchange.replies.dropLast().map(\.code)
        return .members([
            "status": .int(reply.flatMap { Int($0.code) } ?? 0),
            "statusText": .string(reply?.lines.first?.text ?? ""),
            "httpVersion": .string(head?.version ?? ""),
            "cookies": .array(head?.values("SET-COOKIE").compactMap(HARCookie.response) ?? []),
            "headers": .array(head?.fields.map(\.json) ?? []),
            "content": content,
            "redirectURL": .string(head?.value("LOCATION")?.text ?? ""),
            "headersSize": .int(head?.size ?? -1),
            "bodySize": .int(head == nil ? -1 : head?.body?.size ?? 0),
            "comment": interim.isEmpty ? nil : .string("before it: \(interim.joined(separator: ", "))"),
        ])
    }

    private var content: JSON {
        let type = head?.value("CONTENT-TYPE")?.text ?? "x-unknown"
        guard let body = head?.body else { return .members(["size": .int(0), "mimeType": .string(type)]) }
        let content = body.content
        let text = content.text
        // Of what was not kept nobody knows how large it is with its coding undone.
        let isAllHere = body.bytes.count == body.size
        return .members([
            "size": .int(isAllHere ? content.bytes.count : body.size),
            "compression": isAllHere && content.bytes != body.bytes ? .int(content.bytes.count - body.size) : nil,
            "mimeType": .string(type),
            "text": .string(text ?? content.base64),
            "encoding": text == nil ? .string("base64") : nil,
            "comment": content.remarks.isEmpty ? nil : .string(content.remarks.joined(separator: "; ")),
        ])
    }
}

/// Cookies (RFC 6265 §4), where the record shows them.
enum HARCookie {
    static func request(_ value: [UInt8]) -> [JSON] {
        value.split(separator: UInt8(ascii: ";")).compactMap { pair(HARHead.trimmed($0)[...]).map(JSON.object) }
    }

    static func response(_ value: [UInt8]) -> JSON? {
        let parts = value.split(separator: UInt8(ascii: ";")).map { HARHead.trimmed($0) }
        guard let first = parts.first, var members = pair(first[...]) else { return nil }
        for part in parts.dropFirst() {
            let name = part.prefix { $0 != Byte.equals }
            let rest = JSON.string(part[name.endIndex...].dropFirst().text)
            switch ASCII.uppercased(name) {
            case "PATH": members.append(JSON.Member("path", rest))
            case "DOMAIN": members.append(JSON.Member("domain", rest))
            case "HTTPONLY": members.append(JSON.Member("httpOnly", .bool(true)))
            case "SECURE": members.append(JSON.Member("secure", .bool(true)))
            default: break
            }
        }
        return .object(members)
    }

    /// nil for what is no pair, such as a value that is masked.
    private static func pair(_ bytes: ArraySlice<UInt8>) -> [JSON.Member]? {
        guard let equals = bytes.firstIndex(of: Byte.equals) else { return nil }
        return [
            JSON.Member("name", .string(bytes[..<equals].text)),
            JSON.Member("value", .string(bytes[(equals + 1)...].text)),
        ]
    }
}
