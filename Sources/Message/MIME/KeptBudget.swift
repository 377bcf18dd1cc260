/// What there still is room for.
struct KeptBudget: Sendable {
    var headerBytes = MessageLimits.headerBytes
    var fields = MessageLimits.fields
    var partHeaderBytes = MessageLimits.partHeaderBytes
    var partFields = MessageLimits.partFields
    var textBytes = MessageLimits.textBytes

    func bytes(for part: Int) -> Int { part == 0 ? headerBytes : partHeaderBytes }
    func fields(for part: Int) -> Int { part == 0 ? fields : partFields }

    mutating func take(_ bytes: Int, for part: Int) {
        if part == 0 {
            headerBytes = max(0, headerBytes - bytes)
            fields -= 1
        } else {
            partHeaderBytes = max(0, partHeaderBytes - bytes)
            partFields -= 1
        }
    }
}
