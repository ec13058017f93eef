#include "profiles/LoginOrder.h"

namespace profiles {
namespace {

LoginOrder sourcesNamed(const QString &text)
{
    if (text == QStringLiteral("publickey")) {
        return {LoginSource::KeyFiles, LoginSource::Agent, LoginSource::DefaultKeys};
    }
    if (text == QStringLiteral("gssapi-with-mic")) {
        return {LoginSource::Gssapi};
    }
    for (const LoginSource source : allLoginSources()) {
        if (text == name(source)) {
            return {source};
        }
    }
    return {};
}

} // namespace

LoginOrder defaultLoginOrder()
{
    LoginOrder order = allLoginSources();
    order.removeOne(LoginSource::Gssapi);
    return order;
}

LoginOrder allLoginSources()
{
    return {LoginSource::Gssapi,      LoginSource::KeyFiles, LoginSource::Agent,
            LoginSource::DefaultKeys, LoginSource::Password, LoginSource::KeyboardInteractive};
}

QString name(LoginSource source)
{
    switch (source) {
    case LoginSource::Gssapi:
        return QStringLiteral("gssapi");
    case LoginSource::KeyFiles:
        return QStringLiteral("key-files");
    case LoginSource::Agent:
        return QStringLiteral("agent");
    case LoginSource::DefaultKeys:
        return QStringLiteral("default-keys");
    case LoginSource::Password:
        return QStringLiteral("password");
    case LoginSource::KeyboardInteractive:
        break;
    }
    return QStringLiteral("keyboard-interactive");
}

base::Result<LoginOrder> loginOrderFromNames(const QStringList &names)
{
    LoginOrder order;
    for (const QString &text : names) {
        const LoginOrder sources = sourcesNamed(text.trimmed());
        if (sources.isEmpty()) {
            return base::Failure(base::Error{.kind = base::ErrorKind::InvalidName,
                                             .operation = QStringLiteral("read login order"),
                                             .subject = text,
                                             .detail = {}});
        }
        for (const LoginSource source : sources) {
            if (!order.contains(source)) {
                order.append(source);
            }
        }
    }
    return order;
}

QStringList names(const LoginOrder &order)
{
    QStringList list;
    for (const LoginSource source : order) {
        list.append(name(source));
    }
    return list;
}

} // namespace profiles
