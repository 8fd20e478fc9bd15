"""What we use of wechatpy (R39): a new version that moves it must fail here, and not at the first message."""

import inspect
import re
from importlib.metadata import version

from wechatpy.crypto import PrpCrypto
from wechatpy.exceptions import InvalidAppIdException, WeChatException
from wechatpy.utils import WeChatSigner


def test_r39_the_version_is_the_one_that_was_measured():
    assert re.match(r"1\.8\.(?:1[89]|[2-9]\d)", version("wechatpy"))


def test_r39_the_cipher_takes_a_key_and_names_the_receiver():
    crypto = PrpCrypto(b"0" * 32)
    assert list(inspect.signature(crypto.encrypt).parameters) == ["text", "app_id"]
    assert crypto.decrypt(crypto.encrypt("路塌了", "wx1"), "wx1") == "路塌了"
    assert issubclass(InvalidAppIdException, WeChatException)


def test_r39_the_signer_sorts_and_hashes():
    signer = WeChatSigner()
    signer.add_data("b", "a", "c", "d")
    assert signer.signature == "81fe8bfe87576c3ecb22426f8e57847382917acf"
