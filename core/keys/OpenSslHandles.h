// Owners for OpenSSL's C objects. A raw pointer from OpenSSL is wrapped on the line that obtains
// it.

#pragma once

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/x509.h>

#include <memory>

namespace keys {

template<auto release>
struct OpenSslDeleter
{
    template<typename T>
    void operator()(T *object) const
    {
        release(object);
    }
};

using BioHandle = std::unique_ptr<BIO, OpenSslDeleter<BIO_free>>;
using BnContextHandle = std::unique_ptr<BN_CTX, OpenSslDeleter<BN_CTX_free>>;
using BnHandle = std::unique_ptr<BIGNUM, OpenSslDeleter<BN_clear_free>>;
using CipherContextHandle = std::unique_ptr<EVP_CIPHER_CTX, OpenSslDeleter<EVP_CIPHER_CTX_free>>;
using CipherHandle = std::unique_ptr<EVP_CIPHER, OpenSslDeleter<EVP_CIPHER_free>>;
using DerivationContextHandle = std::unique_ptr<EVP_KDF_CTX, OpenSslDeleter<EVP_KDF_CTX_free>>;
using DerivationHandle = std::unique_ptr<EVP_KDF, OpenSslDeleter<EVP_KDF_free>>;
using EcGroupHandle = std::unique_ptr<EC_GROUP, OpenSslDeleter<EC_GROUP_free>>;
using EcPointHandle = std::unique_ptr<EC_POINT, OpenSslDeleter<EC_POINT_free>>;
using EncryptedPkcs8Handle = std::unique_ptr<X509_SIG, OpenSslDeleter<X509_SIG_free>>;
using KeyContextHandle = std::unique_ptr<EVP_PKEY_CTX, OpenSslDeleter<EVP_PKEY_CTX_free>>;
using PkeyHandle = std::unique_ptr<EVP_PKEY, OpenSslDeleter<EVP_PKEY_free>>;

} // namespace keys
