"""What signing in by SAML needs of this machine: the provider's certificates, and packages that can be loaded beside lxml."""

from base64 import b64encode
from functools import cache
from importlib import import_module
from pathlib import Path

AT_MOST = 3
SHORTEST = 2048  # bits of an RSA key


def certificates(file: str) -> list[str]:
    """The provider's certificates in this file, each as base64 of its DER; ValueError, in words for whoever runs it, for anything else."""
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec, rsa
    from cryptography.hazmat.primitives.serialization import Encoding

    try:
        found = x509.load_pem_x509_certificates(Path(file).read_bytes())
    except OSError as refused:
        raise ValueError(f"the file cannot be read: {refused.strerror}") from None
    except ValueError:
        raise ValueError("the file holds no certificate that begins with -----BEGIN CERTIFICATE-----") from None
    if len(found) > AT_MOST:
        raise ValueError(f"the file holds {len(found)} certificates: keep the one the provider signs with, and the next while it changes")
    for one in found:
        key = one.public_key()
        if not (isinstance(key, ec.EllipticCurvePublicKey) or (isinstance(key, rsa.RSAPublicKey) and key.key_size >= SHORTEST)):
            raise ValueError(f"a certificate's key is neither RSA of {SHORTEST} bits or more nor of an elliptic curve")
    return [b64encode(one.public_bytes(Encoding.DER)).decode() for one in found]


@cache
def why_not() -> str:
    """Why nobody can come in by SAML on this machine, in one sentence; empty where its packages can be loaded.

    xmlsec refuses to be loaded beside an lxml that carries another libxml2. Asked only where SAML is set up.
    """
    try:
        import_module("onelogin.saml2.response")
    except Exception as refused:
        return f"Nobody can sign in by SAML: its packages cannot be loaded here ({refused}). Passkeys and pass phrases go on working."
    return ""
