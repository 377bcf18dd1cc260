import Wire

/// A line of UIDL: a number and an id (RFC 1939 §7).
enum UniqueIDListing: Equatable {
    case id(number: UInt64, id: ArraySlice<UInt8>)
    /// A number, and no id, or one that is none.
    case badID(number: UInt64, id: ArraySlice<UInt8>)
    case malformed

    static let longest = 70

    /// - Parameter line: what follows `+OK` and one blank, or a line of a listing.
    init(_ line: ArraySlice<UInt8>) {
        let digits = line.prefix { $0 != Byte.space }
        guard let number = ASCII.number(digits), number > 0 else {
            self = .malformed
            return
        }
        let id = line.dropFirst(digits.count + 1)
        // A second blank, and what stands behind the id, leave it open where the id is.
        if id.contains(Byte.space) {
            self = .malformed
        } else if id.isEmpty || id.count > Self.longest || id.contains(where: { !(0x21...0x7E).contains($0) }) {
            self = .badID(number: number, id: id)
        } else {
            self = .id(number: number, id: id)
        }
    }
}
