"""The authority and the certificate of the TLS loads, P-256, made with openssl for one run."""
import subprocess
from pathlib import Path

from harness import tools
from harness.processes import Failed

HOST = "localhost"         # the name that clients ask for and certificates are made out to
AUTHORITY = "basicConstraints = critical, CA:TRUE\nkeyUsage = critical, keyCertSign, cRLSign\n"
LEAF = ("basicConstraints = critical, CA:FALSE\nkeyUsage = critical, digitalSignature\n"
        f"extendedKeyUsage = serverAuth\nsubjectAltName = DNS:{HOST}, IP:127.0.0.1\n")
CONFIGURATION = "[req]\ndistinguished_name = subject\nx509_extensions = use\n[subject]\n[use]\n"


class Leg:
    """TLS on one leg: the file of the authority its client trusts, and whether it begins with STARTTLS or at once."""

    def __init__(self, authority, starttls):
        self.authority = authority
        self.starttls = starttls


class Server(Leg):
    """A leg whose server shows a certificate of ours: `certificate` holds it and its private key, PEM."""

    def __init__(self, folder, starttls):
        authority, authority_key = _issue(folder, "authority", "mailtee bench authority", AUTHORITY)
        leaf, key = _issue(folder, "leaf", HOST, LEAF, "-CA", authority, "-CAkey", authority_key)
        self.certificate = Path(folder, "server.pem")
        self.certificate.write_text(leaf.read_text() + key.read_text())
        super().__init__(authority, starttls)


def _issue(folder, name, common_name, extensions, *signer):
    """A certificate and its new key: signed with `signer`'s, or with itself."""
    configuration, certificate, key = (Path(folder, name + end) for end in (".conf", ".pem", ".key"))
    configuration.write_text(CONFIGURATION + extensions)
    command = [tools.find("openssl"), "req", "-x509", "-config", configuration, "-subj", f"/CN={common_name}",
               "-days", "2",
               "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-out", certificate]
    run("openssl", [*command, *signer])
    return certificate, key


def run(name, command):
    """What a short command printed; Failed, with what it complained of, if it failed."""
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
    except subprocess.TimeoutExpired as error:
        raise Failed(f"{name}: not finished after {error.timeout:.0f} s") from error
    if done.returncode != 0:
        raise Failed(f"{name}: exit code {done.returncode}: {done.stderr.strip()[-500:]}")
    return done.stdout
