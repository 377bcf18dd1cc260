#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Files of certificates and keys: read whole, written so that they are on the disk when this returns.
enum FileAccess {
    struct Content {
        var bytes: [UInt8]
        /// Its permissions.
        var mode: mode_t
    }

    /// - Returns: nil where there is no such file.
    static func content(of path: String) throws(AuthorityError) -> Content? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw unreadable(path)
        }
        defer { close(file) }
        // The permissions of what was opened, not of what has the name a moment later.
        var status = stat()
        guard fstat(file, &status) == 0 else { throw unreadable(path) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        while true {
            let count = read(file, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw unreadable(path) }
            if count == 0 { break }
            bytes += buffer[..<count]
            guard bytes.count <= AuthorityLimits.file else {
                throw AuthorityError(
                    .unreadable, path: path, cause: "the file has more than \(AuthorityLimits.file >> 20) MiB",
                    remedy: "Name a PEM file of certificates or of a key.")
            }
        }
        return Content(bytes: bytes, mode: status.st_mode & 0o7777)
    }

    /// Writes a file that takes the place of another of this name.
    static func put(_ text: String, at path: String, mode: mode_t) throws(AuthorityError) {
        unlink(path)
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw unwritable(path) }
        defer { close(file) }
        let bytes = Array(text.utf8)
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw unwritable(path) }
            done += count
        }
        // By fchmod, since the mode of open is cut by the umask.
        guard fchmod(file, mode) == 0, fsync(file) == 0 else { throw unwritable(path) }
    }

    /// Gives a file the name of another, in one step.
    static func move(_ path: String, to other: String) throws(AuthorityError) {
        guard rename(path, other) == 0 else { throw unwritable(other) }
    }

    /// The path from the root; as it is where there is no such file.
    static func absolute(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Makes the folder and those above it, private to their user.
    static func makeFolder(_ path: String) throws(AuthorityError) {
        var prefix = ""
        for part in path.split(separator: "/", omittingEmptySubsequences: false) {
            prefix += part + "/"
            if part.isEmpty || access(prefix, F_OK) == 0 { continue }
            if mkdir(prefix, 0o700) != 0, errno != EEXIST { throw unwritable(prefix) }
        }
    }

    /// Puts the names of a folder's files on the disk.
    static func synchronize(folder path: String) {
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }

    static func unreadable(_ path: String) -> AuthorityError {
        let number = errno
        let remedy =
            number == EACCES || number == EPERM
            ? "Start mailtee as the user whose file it is, or give this one the right to read it."
            : "Name a PEM file."
        return AuthorityError(.unreadable, path: path, cause: String(cString: strerror(number)), remedy: remedy)
    }

    static func unwritable(_ path: String) -> AuthorityError {
        AuthorityError(
            .unwritable, path: path, cause: String(cString: strerror(errno)),
            remedy: "Choose another folder for the authority, or mend its permissions or the space of its disk.")
    }
}
