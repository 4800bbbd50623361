// swift-format-ignore-file
// Made by scripts/token-vectors.py.

/// Tokens that PyJWT signed, valid until 2100, and the keys to check them with.
enum SignedTokens {
  static let eddsa = Signed(
    token: "eyJhbGciOiJFZERTQSIsImtpZCI6ImVkZHNhIiwidHlwIjoiSldUIn0.eyJzdWIiOiJhbm4iLCJlbWFpbCI6ImFubkBleGFtcGxlLm9yZyIsIm5hbWUiOiJBbm4iLCJpYXQiOjE3MDAwMDAwMDAsImV4cCI6NDEwMjQ0NDgwMCwiaXNzIjoiaHR0cHM6Ly9hcHAuZXhhbXBsZSIsImF1ZCI6Imh0dHBzOi8vYXBwLmV4YW1wbGUifQ.GPBb6HJ9-2nAFz-kJyjwNQrvZ9VcYWXFIxKVNnIDM8dSx6H0Uf9xnEA1Qrxfk8UA74foKr33uB0wpFf9-AQLCQ",
    key: #"{"kty": "OKP", "crv": "Ed25519", "x": "N1oeiPWfftLMw1hrE12fyJe1v_AQHiugWCyQH_en5kM", "kid": "eddsa", "alg": "EdDSA"}"#)
  static let rotated = Signed(
    token: "eyJhbGciOiJFZERTQSIsImtpZCI6InJvdGF0ZWQiLCJ0eXAiOiJKV1QifQ.eyJzdWIiOiJhbm4iLCJlbWFpbCI6ImFubkBleGFtcGxlLm9yZyIsIm5hbWUiOiJBbm4iLCJpYXQiOjE3MDAwMDAwMDAsImV4cCI6NDEwMjQ0NDgwMCwiaXNzIjoiaHR0cHM6Ly9hcHAuZXhhbXBsZSIsImF1ZCI6Imh0dHBzOi8vYXBwLmV4YW1wbGUifQ.Q9dzjT8iiCT_oPqjX54tHWy1QRM9iyZodY1pD_Epfu3btacqPNkUzo5q-EI8dHGcwjz2yY5J7iFhshRQu1CYDw",
    key: #"{"kty": "OKP", "crv": "Ed25519", "x": "RIg6w1dTNO0V5h2oQMX6pqk_LNsuzGiULf_lTq9Tcok", "kid": "rotated", "alg": "EdDSA"}"#)
  static let es256 = Signed(
    token: "eyJhbGciOiJFUzI1NiIsImtpZCI6ImVzMjU2IiwidHlwIjoiSldUIn0.eyJzdWIiOiJhbm4iLCJlbWFpbCI6ImFubkBleGFtcGxlLm9yZyIsIm5hbWUiOiJBbm4iLCJpYXQiOjE3MDAwMDAwMDAsImV4cCI6NDEwMjQ0NDgwMCwiaXNzIjoiaHR0cHM6Ly9hcHAuZXhhbXBsZSIsImF1ZCI6Imh0dHBzOi8vYXBwLmV4YW1wbGUifQ.nrbpBRTrCzHxG4RYSxAeFOf95F9aYx_6YoUk6p4_dv_NBMTpTU_ZXyZRUvU13-Awx5j6S2wOdQLnRtZTfJtWMw",
    key: #"{"kty": "EC", "crv": "P-256", "x": "tyoJc5AislLPJ1FMIt3uXJyt2nuSSjflxYBD_qhNXqA", "y": "lj1D3pSFhlr211ToukGpvOa4RI5m4Zoi0as2nOMTN-A", "kid": "es256"}"#)
  static let es384 = Signed(
    token: "eyJhbGciOiJFUzM4NCIsImtpZCI6ImVzMzg0IiwidHlwIjoiSldUIn0.eyJzdWIiOiJhbm4iLCJlbWFpbCI6ImFubkBleGFtcGxlLm9yZyIsIm5hbWUiOiJBbm4iLCJpYXQiOjE3MDAwMDAwMDAsImV4cCI6NDEwMjQ0NDgwMCwiaXNzIjoiaHR0cHM6Ly9hcHAuZXhhbXBsZSIsImF1ZCI6Imh0dHBzOi8vYXBwLmV4YW1wbGUifQ.eRMgOaxE66X0ZfPiMrbpBeihU1dx1-7_1xKXG1J_J6Z-qM7lWg8v57gqA6Ltl1IZGWtYbcgn0XoiBAm-404fNTTFrUCXGZyuczX6C70pYD_AoXM5oZawPPhZUSim8A_O",
    key: #"{"kty": "EC", "crv": "P-384", "x": "h-jEoZywLTTDiur0MMeB8XPJA0_os3arPNJULhZYbCEBi4b_78eK-QTLacZCxI0n", "y": "8l59R_hI94VzRRc6osZrsKmgY6_scvmK7H40WJB4CldctSdsKW_a-wyK12Xls4m6", "kid": "es384"}"#)
  static let es512 = Signed(
    token: "eyJhbGciOiJFUzUxMiIsImtpZCI6ImVzNTEyIiwidHlwIjoiSldUIn0.eyJzdWIiOiJhbm4iLCJlbWFpbCI6ImFubkBleGFtcGxlLm9yZyIsIm5hbWUiOiJBbm4iLCJpYXQiOjE3MDAwMDAwMDAsImV4cCI6NDEwMjQ0NDgwMCwiaXNzIjoiaHR0cHM6Ly9hcHAuZXhhbXBsZSIsImF1ZCI6Imh0dHBzOi8vYXBwLmV4YW1wbGUifQ.ARWNNTE9lGg-bx8BNmZfOAUO02fY3dahZd1v7lEhxhY-tBEDh_SqC47APihczZYXZDyjX-qcb3UFsf_54tlVwvMYAJ8raV_IDn-rlUiovDZN2oA5chulUF9_zGl6F0uQ7gC4Fz23Z9zHMvs4E3vLZfUJGSDt0LkvXrP2xZAUfhB11FRI",
    key: #"{"kty": "EC", "crv": "P-521", "x": "Ae06-KuekX72mvg32rXhMptKNSXsYqfCjEz1RUvC_HvAxIb4cX2OO35rDcEA3T5c2avEDeYd9KBZE7o2-s1OA4zZ", "y": "AIT3HYfm4QjJ4LHKUkx_mGnrwLkdI3PhBxPZH7Fk6PxdX7cBigFS6R0jFpLvPQl3oPHFa8ZBmXKync_A8TI9sRJ3", "kid": "es512"}"#)
  static let rs256 = Signed(
    token: "eyJhbGciOiJSUzI1NiIsImtpZCI6InJzMjU2IiwidHlwIjoiSldUIn0.eyJzdWIiOiJhbm4iLCJlbWFpbCI6ImFubkBleGFtcGxlLm9yZyIsIm5hbWUiOiJBbm4iLCJpYXQiOjE3MDAwMDAwMDAsImV4cCI6NDEwMjQ0NDgwMCwiaXNzIjoiaHR0cHM6Ly9hcHAuZXhhbXBsZSIsImF1ZCI6Imh0dHBzOi8vYXBwLmV4YW1wbGUifQ.KiN9LPBZAKpmsalZ12o6AM1_f6hejVzkVAWWzNgzodJK9HhE8KNuhdmV7KsXWfYf1GVD_32QHIhVqYJ2TZXIoNFo4upE3xU-rzy_pl7YeN5KM9lS4B9rWYvFJS_s1BoXYDOCiTUQT9m36kPEyqWMmnti1AzdrT7OX5CWftB-OZCMX8xtIlArGtCqGFPHpMUCU5Dj1wny3HbXn7pPwKIKNCMWCyNY5UBm1kGtllCTmHZAfdPVNJ7Rxxf5ubUt1GxohYdtvRRI5s4W3dBHd_GbWIAVgRByY9oNjJKHPbO4NBf62CVedcw46hqVTXRr4TVjobwkYg0jsjy1C4ZX2Jcu0Q",
    key: #"{"kty": "RSA", "n": "09BVdz0J_UYAg83fjG3GNtPjHukujPuPCBpQ6GtNfJtxspdqIetDHSf1glr6PRRDUyoJOHUEjOSUwIJettouePDw6F0DPOHDA67mrpf7JhctkQKsnqHXtQrtErxp-GWOTAAiYHCoen5dOJffxY5bCJpKFmIaYvcoC1cIi2Vb1qCRKXl9cVDSTRKmaTzV8NcATa1m8ikY1bzQyI6xLYUg8j2G_XwgxFh6zfUkYWx-1Em0ncPswRljR7hDqWNFvkFvjSWdLK9_kh9_TMPUJjYQJzrgY0zZxZUczNHy3aIjTHSBbcjYXNLs_Ee2r9vBFaME1e5mCVRdAP_vL63PTPSYNw", "e": "AQAB", "kid": "rs256", "use": "sig"}"#)
  static let ps256 = Signed(
    token: "eyJhbGciOiJQUzI1NiIsImtpZCI6InBzMjU2IiwidHlwIjoiSldUIn0.eyJzdWIiOiJhbm4iLCJlbWFpbCI6ImFubkBleGFtcGxlLm9yZyIsIm5hbWUiOiJBbm4iLCJpYXQiOjE3MDAwMDAwMDAsImV4cCI6NDEwMjQ0NDgwMCwiaXNzIjoiaHR0cHM6Ly9hcHAuZXhhbXBsZSIsImF1ZCI6Imh0dHBzOi8vYXBwLmV4YW1wbGUifQ.FTDuorABm2M5mpPwjiaa66NXKHVz_1zwu5xikdeclZ_xERykwp6OBS26av735ojcINjGtQDRwGBzIhUcYarz-nvwxjukqIOMHx0HZpabM4IYKafwH19PRPMelJGJObykAJxxsn3FbeE20CItOn64mXzjES2qe47ePpeb0aqswoXcEwe3-R2G13ySsJEUqcwycJx2pTo3KN3vLLWWiXL5o0_QtGjnl8_6TuvzNNIvh9vtaNqWf-OzEKGUSXs5FD_Zd_MDg2DwI1ra6yLBB0QVFlyH6dGIQff-ufoy3CPTVUNsYfMw9uUTtxtHB41a4Fc2qm4gV59jB-PukNW6X-w0Rg",
    key: #"{"kty": "RSA", "n": "09BVdz0J_UYAg83fjG3GNtPjHukujPuPCBpQ6GtNfJtxspdqIetDHSf1glr6PRRDUyoJOHUEjOSUwIJettouePDw6F0DPOHDA67mrpf7JhctkQKsnqHXtQrtErxp-GWOTAAiYHCoen5dOJffxY5bCJpKFmIaYvcoC1cIi2Vb1qCRKXl9cVDSTRKmaTzV8NcATa1m8ikY1bzQyI6xLYUg8j2G_XwgxFh6zfUkYWx-1Em0ncPswRljR7hDqWNFvkFvjSWdLK9_kh9_TMPUJjYQJzrgY0zZxZUczNHy3aIjTHSBbcjYXNLs_Ee2r9vBFaME1e5mCVRdAP_vL63PTPSYNw", "e": "AQAB", "kid": "ps256", "use": "sig"}"#)
  static let weak = Signed(
    token: "eyJhbGciOiJSUzI1NiIsImtpZCI6IndlYWsiLCJ0eXAiOiJKV1QifQ.eyJzdWIiOiJhbm4iLCJlbWFpbCI6ImFubkBleGFtcGxlLm9yZyIsIm5hbWUiOiJBbm4iLCJpYXQiOjE3MDAwMDAwMDAsImV4cCI6NDEwMjQ0NDgwMCwiaXNzIjoiaHR0cHM6Ly9hcHAuZXhhbXBsZSIsImF1ZCI6Imh0dHBzOi8vYXBwLmV4YW1wbGUifQ.Vy6gDNG-dtI5hGKQRooNtRy_9wGqB2IU1XVVMOzI32VMlCaXAT5a6Od7G4u4DTMTMkwC3n-zhmQMrySXBFJ3mEKeSnaMKUSiOBE_G56M3NoDk1eMc3U_HSOqV4n7PVlKjqRbeBzfE40I9ZctBls3Q52zTjlJcvG1sNOMONauQxM",
    key: #"{"kty": "RSA", "n": "qgFXDtz19pPQuuc9qq8-59wdUSu4gEZ0cGAjA0oRfLc6ftxewgvafsGm8y-FjK-u3RoMGRxf576XO60T5QU5qlGfxtMXhzziHciv9n9xoD1CIGFYQlVnGeN8BijVD7YL39-HZGVLitJHFTYchmKzuMUTIkwNPquBLtha1eyto70", "e": "AQAB", "kid": "weak", "use": "sig"}"#)
}

struct Signed: Sendable {
  var token: String
  /// A JSON Web Key.
  var key: String
}
