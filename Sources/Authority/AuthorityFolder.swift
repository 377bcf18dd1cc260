#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The folder of an authority.
///
///     FOLDER/ca.pem        the certificate
///     FOLDER/ca-key.pem    its private key
///     FOLDER/ca.lock       whose turn it is to make them
///
/// Both are written under names of their own first (`.new`), the key before the certificate, and get their names in the
/// same order. So a certificate that waits while no key does tells that the key has its name already, and the rest is
/// done by whoever comes next: whenever the maker dies, there is one whole authority, or the one before, or none.
struct AuthorityFolder {
    let path: String

    var certificatePath: String { path + "/ca.pem" }
    var keyPath: String { path + "/ca-key.pem" }
    private var newCertificatePath: String { certificatePath + ".new" }
    private var newKeyPath: String { keyPath + ".new" }
    private var lockPath: String { path + "/ca.lock" }

    struct Pair {
        var certificate: PEMFile
        var key: PEMFile
    }

    /// - Returns: nil where neither file is there.
    func pair() throws(AuthorityError) -> Pair? {
        let certificate = try FileAccess.content(of: certificatePath)
        let key = try FileAccess.content(of: keyPath)
        guard let certificate, let key else {
            if certificate == nil, key == nil { return nil }
            throw half(missing: certificate == nil ? certificatePath : keyPath)
        }
        guard key.mode & 0o077 == 0 else {
            throw AuthorityError(
                .exposed, path: keyPath,
                cause: "others than its user can read or change this private key (mode \(String(key.mode, radix: 8)))",
                remedy: "`chmod 600 \(ShellWord(keyPath))`; where somebody may have read it, make a new authority by "
                    + "`\(Authority.renewal)` and take the old one out of the trust of every client.")
        }
        return Pair(
            certificate: try PEMFile(path: certificatePath, bytes: certificate.bytes),
            key: try PEMFile(path: keyPath, bytes: key.bytes))
    }

    private func half(missing: String) -> AuthorityError {
        AuthorityError(
            .half, path: missing, cause: "the other file of this authority is there, this one is not",
            remedy: "Put it back from a backup; or make a new authority by `\(Authority.renewal)`, and tell clients to "
                + "trust that.")
    }

    /// What `pair` finds when nobody is making one.
    func settledPair() throws(AuthorityError) -> Pair? {
        if FileAccess.exists(newCertificatePath) || FileAccess.exists(newKeyPath) {
            // Where nothing can be written, what is there has to do.
            try? locked(LOCK_EX) { () throws(AuthorityError) in try settle() }
        }
        if !FileAccess.exists(lockPath) {
            do {
                return try pair()
            } catch {
                // Half a pair is seen where the first maker comes between the two looks.
                guard FileAccess.exists(lockPath) else { throw error }
            }
        }
        return try locked(LOCK_SH) { () throws(AuthorityError) in try pair() }
    }

    /// Does `body` while no other process makes an authority here.
    func alone<Result>(_ body: () throws(AuthorityError) -> Result) throws(AuthorityError) -> Result {
        try FileAccess.makeFolder(path)
        return try locked(LOCK_EX) { () throws(AuthorityError) in
            try settle()
            return try body()
        }
    }

    /// Takes the place of what is there; to be called alone.
    func put(certificate: String, key: String) throws(AuthorityError) {
        try FileAccess.put(key, at: newKeyPath, mode: 0o600)
        try FileAccess.put(certificate, at: newCertificatePath, mode: 0o644)
        FileAccess.synchronize(folder: path)
        try FileAccess.move(newKeyPath, to: keyPath)
        FileAccess.synchronize(folder: path)
        try FileAccess.move(newCertificatePath, to: certificatePath)
        FileAccess.synchronize(folder: path)
    }

    /// Ends what a maker that died has begun; to be called alone.
    private func settle() throws(AuthorityError) {
        let isWaiting = FileAccess.exists(newCertificatePath)
        if isWaiting, !FileAccess.exists(newKeyPath) {
            try FileAccess.move(newCertificatePath, to: certificatePath)
            FileAccess.synchronize(folder: path)
            return
        }
        // In this order: a certificate that waits alone would count.
        if isWaiting { unlink(newCertificatePath) }
        unlink(newKeyPath)
    }

    private func locked<Result>(
        _ kind: Int32, _ body: () throws(AuthorityError) -> Result
    ) throws(AuthorityError) -> Result {
        let isShared = kind == LOCK_SH
        let lock = open(lockPath, (isShared ? O_RDONLY : O_RDWR | O_CREAT) | O_CLOEXEC, 0o600)
        guard lock >= 0 else {
            // A reader without the right to the lock sees one whole pair all the same, but for the moment of a renewal.
            guard !isShared else { return try body() }
            throw FileAccess.unwritable(lockPath)
        }
        defer { close(lock) }
        while flock(lock, kind) != 0 {
            if errno == EINTR { continue }
            guard !isShared else { break }
            throw FileAccess.unwritable(lockPath)
        }
        return try body()
    }
}
