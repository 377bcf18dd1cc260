/// A way to cut what is said into pieces.
public struct Cuts: Sendable {
    private let lengths: [Int]

    public static let whole = Cuts(lengths: [.max])
    public static let bytes = Cuts(lengths: [1])

    private init(lengths: [Int]) {
        self.lengths = lengths
    }

    /// A byte stands for a length of 1 to 128, from 0x80 on for sixteen times that.
    public init(pattern: [UInt8]) {
        lengths = pattern.isEmpty ? [1] : pattern.map { (Int($0 & 0x7F) + 1) * ($0 < 0x80 ? 1 : 16) }
    }

    public func pieces(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var pieces: [ArraySlice<UInt8>] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let length = lengths[pieces.count % lengths.count]
            pieces.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        return pieces
    }
}
