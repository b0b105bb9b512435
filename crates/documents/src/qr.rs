//! QR codes as vector pictures.

use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};

/// A QR code of `text` as SVG, with its quiet zone of four modules (ISO/IEC 18004); empty if the text is too long for one.
///
/// A quarter of it may be damaged (level Q): labels live on machines.
#[must_use]
pub fn qr(text: &str) -> String {
    let code = QrCode::with_error_correction_level(text, EcLevel::Q)
        .or_else(|_| QrCode::with_error_correction_level(text, EcLevel::L));
    code.map(|code| code.render::<svg::Color<'_>>().quiet_zone(true).module_dimensions(1, 1).build())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_a_picture_and_what_is_too_long_is_none() {
        assert!(qr("https://service.example.cn/p/abc").contains("<svg"));
        assert_eq!(qr(&"a".repeat(8000)), "");
    }
}
