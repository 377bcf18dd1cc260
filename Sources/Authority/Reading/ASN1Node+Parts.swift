import SwiftASN1

extension ASN1Node {
    /// The nodes that it is made of; nil for a primitive one.
    var parts: [ASN1Node]? {
        guard case .constructed(let nodes) = content else { return nil }
        return Array(nodes)
    }

    /// The bytes of a primitive node; nil for one that is made of others.
    var bytes: ArraySlice<UInt8>? {
        guard case .primitive(let bytes) = content else { return nil }
        return bytes
    }

    func isTagged(_ number: UInt) -> Bool {
        identifier == ASN1Identifier(tagWithNumber: number, tagClass: .contextSpecific)
    }
}
