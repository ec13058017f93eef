#include "ui/files/FileIcons.h"

#include "ui/theme/Icons.h"

namespace ui {
namespace {

using namespace Qt::StringLiterals;

QString nameByEnding(const QByteArray &fileName)
{
    static const QHash<QByteArray, QString> byEnding = [] {
        QHash<QByteArray, QString> names;
        for (const char *ending : {"7z", "bz2", "deb", "gz", "iso", "jar", "rar", "rpm", "tar",
                                   "tgz", "xz", "zip", "zst"}) {
            names.insert(ending, u"file-archive"_s);
        }
        for (const char *ending :
             {"bmp", "gif", "ico", "jpeg", "jpg", "png", "svg", "tif", "tiff", "webp"}) {
            names.insert(ending, u"file-image"_s);
        }
        for (const char *ending : {"c",   "cfg",  "conf", "cpp", "css", "csv",  "h",  "html", "ini",
                                   "js",  "json", "log",  "md",  "php", "py",   "rb", "rs",   "sh",
                                   "sql", "ts",   "toml", "txt", "xml", "yaml", "yml"}) {
            names.insert(ending, u"file-text"_s);
        }
        return names;
    }();
    const qsizetype dot = fileName.lastIndexOf('.');
    const QByteArray ending = dot > 0 ? fileName.sliced(dot + 1).toLower() : QByteArray();
    return byEnding.value(ending, u"file"_s);
}

QString nameFor(const files::FileEntry &entry)
{
    const bool isLink = entry.attributes.type() == files::FileType::SymbolicLink;
    if (isLink && entry.targetType == files::FileType::Unknown) {
        return u"link-broken"_s;
    }
    if (entry.isEnterable()) {
        return u"folder"_s;
    }
    return isLink ? u"link"_s : nameByEnding(entry.name);
}

} // namespace

QIcon FileIcons::iconFor(const files::FileEntry &entry) const
{
    const QString name = nameFor(entry);
    auto known = m_icons.constFind(name);
    if (known == m_icons.constEnd()) {
        known = m_icons.insert(name, Icons::icon(name));
    }
    return *known;
}

} // namespace ui
