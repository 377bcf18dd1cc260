/// The extensions at the end of a Hello (RFC 8446 §4.2), as far as they can be read.
struct TLSExtensions {
    enum Kind: UInt16 {
        /// RFC 6066 §3.
        case serverName = 0
        /// RFC 7301 §3.1.
        case applicationProtocols = 16
        /// RFC 8446 §4.2.1.
        case supportedVersions = 43
    }

    private var contents: [Kind: ArraySlice<UInt8>] = [:]

    /// Reads the block at the end of a Hello. It may be missing (RFC 5246 §7.4.1.2).
    init(endOf hello: inout TLSFields) {
        guard let block = hello.vector16() else { return }
        var fields = TLSFields(block)
        while let type = fields.uint16(), let content = fields.vector16() {
            // None may come twice; a peer that reads on takes the first or fails.
            if let kind = Kind(rawValue: type), contents[kind] == nil { contents[kind] = content }
        }
    }

    func fields(_ kind: Kind) -> TLSFields? {
        contents[kind].map { TLSFields($0) }
    }

    /// The ProtocolNameList of ALPN (RFC 7301 §3.1), what is greased left out.
    var applicationProtocols: [String] {
        guard var fields = fields(.applicationProtocols), let list = fields.vector16() else { return [] }
        var names: [String] = []
        var entries = TLSFields(list)
        while let name = entries.vector8() {
            var value = TLSFields(name)
            if name.count == 2, value.uint16()?.isGreased == true { continue }
            if !name.isEmpty { names.append(String(decoding: name, as: UTF8.self)) }
        }
        return names
    }
}
