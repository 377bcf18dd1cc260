import Conversation
import NIOCore

extension Endpoint {
    init(_ address: SocketAddress?) {
        switch address {
        case .none: self = .unknown
        case .some(let address):
            if let ip = address.ipAddress, let port = address.port {
                self = .address(ip, port: UInt16(clamping: port))
            } else {
                self = .unix(path: address.pathname ?? "")
            }
        }
    }
}
