"""Draws the pictures of the report anew: `python docs/refresh_pictures.py` (needs Chromium and selenium)."""

from __future__ import annotations

import base64
import io
import tempfile
from pathlib import Path

from PIL import Image
from selenium import webdriver

import headertrace as ht

ROOT = Path(__file__).resolve().parents[1]
MESSAGE = ROOT / "fixtures" / "messages" / "spamhaus-nat.eml"
SIZE = {"width": 1100, "height": 1240, "deviceScaleFactor": 1, "mobile": False}
# A page of few colours: a palette keeps the picture small and looks the same.
COLOURS = 96


def draw(chrome: webdriver.Chrome, page: Path, scheme: str, target: Path) -> None:
    """Write a picture of the page in one colour scheme."""
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", SIZE)
    chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    chrome.get(page.as_uri())
    shot = chrome.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})["data"]
    image = Image.open(io.BytesIO(base64.b64decode(shot))).convert("RGB")
    image.quantize(COLOURS).save(target, optimize=True)


def main() -> None:
    """Write both pictures."""
    options = webdriver.ChromeOptions()
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"):
        options.add_argument(flag)
    options.binary_location = "/usr/bin/chromium"
    chrome = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        page.write_text(ht.report(ht.examine(ht.read_trace(MESSAGE))).html(), "utf-8")
        for scheme in ("light", "dark"):
            draw(chrome, page, scheme, ROOT / "docs" / "images" / f"report-{scheme}.png")
    chrome.quit()


if __name__ == "__main__":
    main()
