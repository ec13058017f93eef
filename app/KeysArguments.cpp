#include "app/KeysArguments.h"

#include "base/DisplayText.h"

#include <array>

using namespace Qt::StringLiterals;

namespace app {
namespace {

using Type = keys::KeyRequest::Type;

base::Failure<UsageError> usage(const QString &sentence)
{
    return base::Failure(UsageError{sentence});
}

base::Result<Type, UsageError> parseType(const QString &name)
{
    if (name.isEmpty() || name == u"ed25519") {
        return Type::Ed25519;
    }
    if (name == u"ecdsa") {
        return Type::Ecdsa;
    }
    if (name == u"rsa") {
        return Type::Rsa;
    }
    return usage(u"The type of a key must be ed25519, ecdsa or rsa."_s);
}

base::Result<KeysRequest, UsageError> parseGenerate(const QByteArrayList &words,
                                                    const KeysOptions &options)
{
    if (words.size() != 1 || words.first().isEmpty()) {
        return usage(u"keys generate needs the name of a new file: ponto keys generate FILE"_s);
    }
    const auto type = parseType(options.type);
    if (!type) {
        return base::Failure(type.error());
    }
    bool isNumber = true;
    const int bits = options.bits.isEmpty() ? 0 : options.bits.toInt(&isNumber);
    if (!isNumber || (bits == 0 && !options.bits.isEmpty())) {
        return usage(u"The number of bits must be a number."_s);
    }
    KeysRequest request{.action = KeysRequest::Action::Generate,
                        .operand = QString::fromUtf8(words.first())};
    request.key = {.type = *type,
                   .bits = bits,
                   .comment = options.comment ? options.comment->toUtf8() : keys::usualComment()};
    if (const QString problem = keys::problemOf(request.key); !problem.isEmpty()) {
        return usage(problem);
    }
    return request;
}

base::Result<KeysRequest, UsageError> parseInstall(const QByteArrayList &words)
{
    if (words.size() != 1 || words.first().isEmpty()) {
        return usage(u"keys install needs a server: ponto keys install TARGET [-i FILE]"_s);
    }
    return KeysRequest{.action = KeysRequest::Action::Install,
                       .operand = QString::fromUtf8(words.first())};
}

} // namespace

base::Result<KeysRequest, UsageError> parseKeys(const QByteArrayList &words,
                                                const KeysOptions &options)
{
    const QByteArray action = words.value(0);
    const QByteArrayList rest = words.sliced(qMin<qsizetype>(1, words.size()));
    if (action == "list" && rest.isEmpty()) {
        return KeysRequest{.action = KeysRequest::Action::List, .isJson = options.isJson};
    }
    if (action == "generate") {
        return parseGenerate(rest, options);
    }
    if (action == "install") {
        return parseInstall(rest);
    }
    return usage(u"keys needs to know what to do: list, generate FILE or install TARGET."_s);
}

} // namespace app
