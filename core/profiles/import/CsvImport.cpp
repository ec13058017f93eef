#include "profiles/import/CsvImport.h"

#include "profiles/EnvironmentClass.h"

#include <QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace profiles {
namespace {

using Obstacle = ImportedSession::Obstacle;

constexpr qsizetype mostRecords = 50000;
constexpr qsizetype mostColumns = 100;
constexpr qsizetype longestField = qsizetype{64} * 1024;

enum class Column {
    Name,
    Host,
    Port,
    User,
    Group,
    Tags,
    Notes,
    KeyFile,
    JumpHosts,
    Protocol,
    Environment,
    Color,
    Secret
};

// As people and other programs call them, in lower case.
const QHash<QString, Column> &columnNames()
{
    static const QHash<QString, Column> names{
        {u"name"_s, Column::Name},
        {u"label"_s, Column::Name},
        {u"title"_s, Column::Name},
        {u"session"_s, Column::Name},
        {u"host"_s, Column::Host},
        {u"hostname"_s, Column::Host},
        {u"host name"_s, Column::Host},
        {u"hostname/ip"_s, Column::Host},
        {u"address"_s, Column::Host},
        {u"server"_s, Column::Host},
        {u"ip"_s, Column::Host},
        {u"ip address"_s, Column::Host},
        {u"port"_s, Column::Port},
        {u"user"_s, Column::User},
        {u"username"_s, Column::User},
        {u"user name"_s, Column::User},
        {u"login"_s, Column::User},
        {u"group"_s, Column::Group},
        {u"groups"_s, Column::Group},
        {u"folder"_s, Column::Group},
        {u"tags"_s, Column::Tags},
        {u"tag"_s, Column::Tags},
        {u"notes"_s, Column::Notes},
        {u"note"_s, Column::Notes},
        {u"comment"_s, Column::Notes},
        {u"comments"_s, Column::Notes},
        {u"description"_s, Column::Notes},
        {u"key"_s, Column::KeyFile},
        {u"key file"_s, Column::KeyFile},
        {u"key files"_s, Column::KeyFile},
        {u"keyfile"_s, Column::KeyFile},
        {u"identity file"_s, Column::KeyFile},
        {u"identityfile"_s, Column::KeyFile},
        {u"private key"_s, Column::KeyFile},
        {u"jump hosts"_s, Column::JumpHosts},
        {u"jump host"_s, Column::JumpHosts},
        {u"proxyjump"_s, Column::JumpHosts},
        {u"protocol"_s, Column::Protocol},
        {u"environment"_s, Column::Environment},
        {u"color"_s, Column::Color},
        {u"password"_s, Column::Secret},
        {u"passphrase"_s, Column::Secret},
    };
    return names;
}

// A spreadsheet would take "=" and the like for a formula; an apostrophe in front says that it is
// text, and our own export has it too.
QString withoutApostrophe(const QString &field)
{
    const bool isMarked
        = field.size() > 1 && field.front() == u'\'' && QStringView(u"=+-@").contains(field.at(1));
    return isMarked ? field.sliced(1) : field;
}

QChar separatorOf(const QString &text)
{
    const QStringView first = QStringView(text).left(text.indexOf(u'\n'));
    const auto fewer = [&](QChar a, QChar b) { return first.count(a) < first.count(b); };
    return std::ranges::max(QList<QChar>{u',', u';', u'\t'}, fewer);
}

void takeJumpHosts(ImportedSession &session, const QString &text)
{
    for (const QString &part : text.split(u',', Qt::SkipEmptyParts)) {
        const auto address = TargetAddress::parse(part.trimmed());
        if (!address) {
            session.hinder(Obstacle::BadRoute, part);
            return;
        }
        session.addJumpHost(address->host, address->user,
                            address->port ? QString::number(*address->port) : QString());
    }
}

void take(ImportedSession &session, Column column, const QString &value)
{
    switch (column) {
    case Column::Name:
        session.setName(value);
        break;
    case Column::Host:
        session.setHost(value);
        break;
    case Column::Port:
        session.setPort(value);
        break;
    case Column::User:
        session.setUser(value);
        break;
    case Column::Group:
        session.profile.group = normalizedGroup(value);
        break;
    case Column::Tags:
        session.profile.tags = normalizedTags(value.split(value.contains(u';') ? u';' : u','));
        break;
    case Column::Notes:
        session.setNotes(value);
        break;
    case Column::KeyFile:
        for (const QString &file : value.split(u'\n')) {
            session.addKeyFile(file);
        }
        break;
    case Column::JumpHosts:
        takeJumpHosts(session, value);
        break;
    case Column::Protocol:
        if (!QStringList{u"ssh"_s, u"sftp"_s, u"scp"_s, u"ssh2"_s}.contains(value.toLower())) {
            session.hinder(Obstacle::OtherProtocol, value);
        }
        break;
    case Column::Environment:
        session.profile.environmentClass = environmentClassFromName(value.toLower());
        break;
    case Column::Color:
        session.profile.color = value.left(32);
        break;
    case Column::Secret:
        session.hadSecret = true;
        break;
    }
}

ImportedSession sessionOf(const QStringList &titles, const QStringList &record)
{
    ImportedSession session = importedSession();
    bool hasHost = false;
    for (qsizetype index = 0; index < std::min(titles.size(), record.size()); ++index) {
        const QString value = withoutApostrophe(record.at(index)).trimmed();
        const auto column = columnNames().constFind(titles.at(index).toLower());
        if (value.isEmpty()) {
            continue;
        }
        if (column == columnNames().constEnd()) {
            session.lose(titles.at(index), value);
        } else {
            take(session, *column, value);
            hasHost |= *column == Column::Host;
        }
    }
    if (!hasHost) {
        session.hinder(Obstacle::NoHost);
    }
    return session;
}

} // namespace

QList<QStringList> csvRecords(const QString &text, QChar separator)
{
    QList<QStringList> records;
    QStringList record{QString()};
    bool isQuoted = false;
    const auto end = [&] {
        if (record != QStringList{QString()}) {
            records.append(record);
        }
        record = {QString()};
    };
    for (qsizetype at = 0; at < text.size() && records.size() < mostRecords; ++at) {
        const QChar c = text[at];
        QString &field = record.last();
        if (isQuoted && c == u'"' && at + 1 < text.size() && text[at + 1] == u'"') {
            field += text[++at];
        } else if (c == u'"' && (isQuoted || field.isEmpty())) {
            isQuoted = !isQuoted;
        } else if (!isQuoted && c == separator && record.size() < mostColumns) {
            record.append(QString());
        } else if (!isQuoted && (c == u'\n' || c == u'\r')) {
            end();
        } else if (field.size() < longestField) {
            field += c;
        }
    }
    end();
    return records;
}

std::optional<ImportedSessions> csvSessions(QByteArrayView content)
{
    const QString text = importedText(content);
    const QList<QStringList> records = csvRecords(text, separatorOf(text));
    QStringList titles;
    for (const QString &title : records.value(0)) {
        titles.append(title.trimmed());
    }
    const auto isHost = [](const QString &title) {
        return columnNames().value(title.toLower(), Column::Name) == Column::Host;
    };
    if (std::ranges::none_of(titles, isHost)) {
        return std::nullopt;
    }
    ImportedSessions result;
    for (qsizetype index = 1; index < records.size(); ++index) {
        if (!result.add(sessionOf(titles, records.at(index)))) {
            break;
        }
    }
    result.isCut |= records.size() >= mostRecords;
    return result;
}

} // namespace profiles
