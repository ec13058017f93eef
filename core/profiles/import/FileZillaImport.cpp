#include "profiles/import/FileZillaImport.h"

#include <QHash>
#include <QXmlStreamReader>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace profiles {
namespace {

using Obstacle = ImportedSession::Obstacle;
using Token = QXmlStreamReader::TokenType;

constexpr qsizetype deepestFolder = 32;
constexpr qsizetype longestText = qsizetype{64} * 1024;

// Protocol of a site, as ServerProtocol in FileZilla's engine numbers it.
QString protocolName(const QString &number)
{
    static const QHash<QString, QString> names{
        {u"0"_s, u"FTP"_s}, {u"3"_s, u"FTPS"_s},  {u"4"_s, u"FTPES"_s},  {u"6"_s, u"FTP"_s},
        {u"7"_s, u"S3"_s},  {u"8"_s, u"Storj"_s}, {u"9"_s, u"WebDAV"_s},
    };
    return names.value(number, number);
}

// Colour of a site, as its site manager numbers the backgrounds.
QString colorName(const QString &number)
{
    static const QHash<QString, QString> names{
        {u"1"_s, u"red"_s},  {u"2"_s, u"green"_s},   {u"3"_s, u"blue"_s},   {u"4"_s, u"yellow"_s},
        {u"5"_s, u"cyan"_s}, {u"6"_s, u"magenta"_s}, {u"7"_s, u"orange"_s},
    };
    return names.value(number);
}

// "1 0 4 home 4 user" is "/home/user": the type of the path (1 is Unix, as 0, which is the
// default), the length of a prefix, and names, each with its length in front
// (CServerPath::GetSafePath()). Empty if it is another one, or nonsense.
QString unixPath(QStringView safePath)
{
    const auto takeNumber = [&safePath] {
        const qsizetype end = safePath.indexOf(u' ');
        const QStringView digits = end < 0 ? safePath : safePath.first(end);
        bool isNumber = false;
        const int number = digits.toInt(&isNumber);
        safePath = end < 0 ? QStringView() : safePath.sliced(end + 1);
        return isNumber ? number : -1;
    };
    const int type = takeNumber();
    if ((type != 0 && type != 1) || takeNumber() != 0) {
        return {};
    }
    QString path;
    while (!safePath.isEmpty()) {
        const int length = takeNumber();
        if (length < 1 || length > safePath.size()) {
            return {};
        }
        path += u'/' + safePath.first(length).toString();
        safePath = safePath.sliced(std::min(safePath.size(), qsizetype{length} + 1));
    }
    return path.isEmpty() ? u"/"_s : path;
}

class Reader
{
public:
    explicit Reader(const QString &content)
        : m_xml(content)
    {
    }

    std::optional<ImportedSessions> run()
    {
        if (!m_xml.readNextStartElement() || !m_xml.name().startsWith(u"FileZilla")) {
            return std::nullopt;
        }
        while (!m_xml.atEnd() && !m_result.isCut) {
            switch (m_xml.readNext()) {
            case Token::StartElement:
                open();
                break;
            case Token::EndElement:
                if (m_xml.name() == "Folder"_L1 && !m_folders.isEmpty()) {
                    m_folders.removeLast();
                }
                break;
            case Token::Characters:
                if (!m_folders.isEmpty() && m_folders.last().isEmpty()) { // its name is its text
                    m_folders.last() = m_xml.text().trimmed().left(longestText).toString();
                }
                break;
            default:
                break;
            }
        }
        m_result.isCut |= m_xml.hasError();
        return m_result;
    }

private:
    void open()
    {
        if (m_xml.name() == "Folder"_L1) {
            if (m_folders.size() >= deepestFolder) {
                m_result.isCut = true;
                return;
            }
            m_folders.append(QString());
        } else if (m_xml.name() == "Server"_L1) {
            readServer();
        }
    }

    // The elements in it by name, of each the first; the text between them is the site's name in
    // old files.
    void readServer()
    {
        QHash<QString, QString> values;
        QString text;
        while (!m_xml.atEnd()) {
            const Token token = m_xml.readNext();
            if (token == Token::EndElement) {
                break;
            }
            if (token == Token::Characters && text.size() < longestText) {
                text += m_xml.text().left(longestText);
            } else if (token == Token::StartElement && m_xml.name() == "Bookmark"_L1) {
                m_xml.skipCurrentElement();
            } else if (token == Token::StartElement) {
                const QString name = m_xml.name().toString();
                const QString value = m_xml.readElementText(QXmlStreamReader::SkipChildElements);
                if (!values.contains(name)) {
                    values.insert(name, value.left(longestText));
                }
            }
        }
        if (m_xml.hasError()) {
            return;
        }
        add(values, text);
    }

    void add(const QHash<QString, QString> &values, const QString &text)
    {
        ImportedSession session = importedSession();
        session.setName(values.value(u"Name"_s, text.trimmed()));
        session.profile.group = normalizedGroup(groupPath());
        const QString protocol = values.value(u"Protocol"_s, u"0"_s);
        if (protocol != "1"_L1) { // SFTP
            session.hinder(Obstacle::OtherProtocol, protocolName(protocol));
        }
        session.setHost(values.value(u"Host"_s));
        session.setUser(values.value(u"User"_s));
        session.setPort(values.value(u"Port"_s));
        session.addKeyFile(values.value(u"Keyfile"_s));
        session.setNotes(values.value(u"Comments"_s));
        session.hadSecret = !values.value(u"Pass"_s).isEmpty();
        bool isNumber = false;
        const int most = values.value(u"MaximumMultipleConnections"_s).toInt(&isNumber);
        if (isNumber && most > 0) {
            session.profile.transport.transferConnections = std::min(most, mostTransferConnections);
        }
        session.profile.color = colorName(values.value(u"Colour"_s));
        const QString remote = values.value(u"RemoteDir"_s);
        const QString path = unixPath(remote);
        session.setRemoteDirectory(u"RemoteDir"_s, path.isEmpty() ? remote : path);
        session.setLocalDirectory(u"LocalDir"_s, values.value(u"LocalDir"_s));
        session.lose(u"CustomEncoding"_s, values.value(u"CustomEncoding"_s));
        m_result.add(std::move(session));
    }

    // A slash would make two groups of one.
    QString groupPath() const
    {
        QStringList names = m_folders;
        names.replaceInStrings(u"/"_s, u"-"_s);
        return names.join(u'/');
    }

    QXmlStreamReader m_xml;
    ImportedSessions m_result;
    QStringList m_folders;
};

} // namespace

std::optional<ImportedSessions> fileZillaSites(QByteArrayView content)
{
    const QString text = importedText(content);
    return text.contains("<!DOCTYPE"_L1) ? std::nullopt : Reader(text).run();
}

} // namespace profiles
