"""What goes wrong on the way to an answer, told apart."""

import errno
import logging
import socket
import ssl

import aiohttp

from resources.fetching.guard import Refused
from resources.fetching.resolving import NobodyKnown
from resources.fetching.visits import Cause

logger = logging.getLogger(__name__)

NO_WAY = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN}
OFF_THE_NETWORK = "this machine seems to be off the network"
_LASTING = {Cause.GUARD, Cause.NOT_WEB, Cause.PLACEHOLDER, Cause.VOID}
OWN_FAULT = {errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOBUFS, errno.EADDRNOTAVAIL}

# What OpenSSL calls these: see X509_V_ERR_… in its x509_vfy.h.
_TLS = {
    9: (Cause.TLS_EXPIRED, "its certificate is not valid yet"),
    10: (Cause.TLS_EXPIRED, "its certificate has expired"),
    62: (Cause.TLS_WRONG_HOST, "its certificate is for another host"),
    64: (Cause.TLS_WRONG_HOST, "its certificate is for another host"),
    18: (Cause.TLS_UNTRUSTED, "it signed its certificate itself"),
    19: (Cause.TLS_UNTRUSTED, "nobody known signed its certificate"),
    20: (Cause.TLS_UNTRUSTED, "nobody known signed its certificate, or it leaves a part of the chain out"),
    21: (Cause.TLS_UNTRUSTED, "it leaves a part of its certificate's chain out"),
    23: (Cause.TLS_UNTRUSTED, "its certificate was revoked"),
}


class Trouble(Exception):
    """No answer came. The message is a sentence part for people.

    `unheard` is set where nothing shows that the host, or even the network, is there; `no_net` where that is likely our own
    trouble; `own` where it is.
    """

    def __init__(
        self, cause: Cause, note: str, *, unheard: bool = False, no_net: bool = False, own: bool = False
    ) -> None:
        super().__init__(note)
        self.cause = cause
        self.note = note
        self.unheard = unheard
        self.no_net = no_net
        self.own = own

    @property
    def lasting(self) -> bool:
        """Whether a second try within this run would tell the same."""
        no_name = self.cause is Cause.NO_SUCH_HOST and not self.no_net
        return no_name or self.cause.startswith("tls_") or self.cause in _LASTING


def trouble_of(error: Exception) -> Trouble:
    """What an exception of aiohttp or the socket means."""
    if isinstance(error, Refused):
        return Trouble(error.cause, str(error))
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return _certificate(error.certificate_error)
    if isinstance(error, aiohttp.ClientConnectorSSLError):
        return Trouble(Cause.TLS_FAILED, "no encryption could be agreed upon")
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return _no_name(error.os_error)
    if isinstance(error, aiohttp.ServerDisconnectedError):
        return Trouble(Cause.NOT_HTTP, "it hung up without an answer")
    if isinstance(error, aiohttp.ClientResponseError):
        return Trouble(Cause.NOT_HTTP, "what it sent is not HTTP")
    if isinstance(error, aiohttp.InvalidURL | ValueError):
        return Trouble(Cause.NOT_WEB, "the address is not readable")
    if isinstance(error, OSError):
        return _socket(error)
    if isinstance(error, aiohttp.ClientError):
        return Trouble(Cause.CONNECTION_RESET, "the connection broke")
    logger.error("A visit failed in a way that is not known.", exc_info=error)
    return Trouble(Cause.VOID, f"we made a mistake ({type(error).__name__})", own=True)


def _certificate(error: Exception) -> Trouble:
    if isinstance(error, ssl.SSLCertVerificationError):
        cause, note = _TLS.get(error.verify_code, (Cause.TLS_FAILED, "its certificate does not hold"))
        return Trouble(cause, note)
    return Trouble(Cause.TLS_WRONG_HOST, "its certificate is for another host")


def _no_name(error: OSError) -> Trouble:
    if isinstance(error, NobodyKnown):
        return Trouble(Cause.VOID, OFF_THE_NETWORK, unheard=True, no_net=True)
    if error.errno == socket.EAI_AGAIN:
        return Trouble(Cause.NO_SUCH_HOST, "the name servers do not answer", unheard=True, no_net=True)
    return Trouble(Cause.NO_SUCH_HOST, "no host has this name", unheard=True)


def _socket(error: OSError) -> Trouble:
    # aiohappyeyeballs tells several failures in one error, without a number when they differ.
    number = error.errno or next((code for code in NO_WAY if f"[Errno {int(code)}]" in str(error)), None)
    if isinstance(error, ssl.SSLError):
        return Trouble(Cause.TLS_FAILED, "the encryption broke")
    if number in OWN_FAULT:
        return Trouble(Cause.VOID, f"this machine has no more room ({errno.errorcode[int(number or 0)]})", own=True)
    if number in NO_WAY:
        return Trouble(Cause.TIMEOUT, "no way leads to this host", unheard=True, no_net=True)
    if number == errno.ETIMEDOUT:
        return Trouble(Cause.TIMEOUT, "no connection came about", unheard=True)
    if number == errno.ECONNREFUSED or "[Errno 111]" in str(error):
        return Trouble(Cause.CONNECTION_REFUSED, "the host takes no connections on this port")
    return Trouble(Cause.CONNECTION_RESET, "the host broke the connection off")
