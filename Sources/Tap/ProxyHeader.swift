import Conversation
import NIOCore

/// The header of the PROXY protocol, which tells a server behind the tap who the client is (haproxy's proxy-protocol.txt,
/// versions 1 and 2).
public enum ProxyProtocol: String, Sendable, CaseIterable {
    case v1
    case v2

    func header(client: SocketAddress?, server: SocketAddress?) -> ByteBuffer {
        switch self {
        case .v1: Self.textual(client, server)
        case .v2: Self.binary(client, server)
        }
    }

    private static func textual(_ client: SocketAddress?, _ server: SocketAddress?) -> ByteBuffer {
        guard let client, let server, let family = family(client, server), let from = client.ipAddress,
            let to = server.ipAddress, let fromPort = client.port, let toPort = server.port
        else { return ByteBuffer(string: "PROXY UNKNOWN\r\n") }
        return ByteBuffer(string: "PROXY \(family == 4 ? "TCP4" : "TCP6") \(from) \(to) \(fromPort) \(toPort)\r\n")
    }

    private static func binary(_ client: SocketAddress?, _ server: SocketAddress?) -> ByteBuffer {
        var buffer = ByteBuffer(bytes: [0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A])
        guard let client, let server, let family = family(client, server) else {
            buffer.writeBytes([0x20, 0x00, 0x00, 0x00])
            return buffer
        }
        buffer.writeBytes([0x21, family == 4 ? 0x11 : 0x21])
        buffer.writeInteger(UInt16(family == 4 ? 12 : 36))
        for address in [client, server] { buffer.writeBytes(bytes(address)) }
        for address in [client, server] { buffer.writeInteger(UInt16(clamping: address.port ?? 0)) }
        return buffer
    }

    private static func family(_ a: SocketAddress, _ b: SocketAddress) -> Int? {
        switch (a, b) {
        case (.v4, .v4): 4
        case (.v6, .v6): 6
        default: nil
        }
    }

    private static func bytes(_ address: SocketAddress) -> [UInt8] {
        switch address {
        case .v4(let v4): withUnsafeBytes(of: v4.address.sin_addr) { Array($0) }
        case .v6(let v6): withUnsafeBytes(of: v6.address.sin6_addr) { Array($0) }
        case .unixDomainSocket: []
        }
    }
}
