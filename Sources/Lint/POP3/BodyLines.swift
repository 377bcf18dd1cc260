import Wire

/// Counts the lines of a message behind the empty one that ends its header.
struct BodyLines: Sendable {
    private(set) var count: UInt64 = 0
    /// The last of them is empty.
    private(set) var endsEmpty = false
    private var isInHeader = true
    /// So far this line has nothing in it but CR.
    private var isEmpty = true

    mutating func hear(_ bytes: Span<UInt8>) {
        for index in bytes.indices {
            switch bytes[index] {
            case Byte.lf:
                if isInHeader {
                    isInHeader = !isEmpty
                } else {
                    count += 1
                    endsEmpty = isEmpty
                }
                isEmpty = true
            case Byte.cr: break
            default: isEmpty = false
            }
        }
    }
}
