#include "ui/errors/CopyNoteText.h"

#include <QCoreApplication>
#include <QLocale>

namespace ui {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ui::CopyNoteText", text);
}

} // namespace

QString copyNoteText(const transfer::CopyNote &note)
{
    using Kind = transfer::CopyNote::Kind;
    const QString path = note.path.toDisplay();
    switch (note.kind) {
    case Kind::Resumed:
        return tr("%1 went on behind the first %2, which an earlier copy had brought.")
            .arg(path,
                 QLocale().formattedDataSize(static_cast<qint64>(note.bytes), 1,
                                             QLocale::DataSizeTraditionalFormat));
    case Kind::OtherSource:
        return tr("%1 was copied from its start: it has changed since the earlier copy began.")
            .arg(path);
    case Kind::OtherPart:
        return tr("%1 was copied from its start: what an earlier copy left is not the same.")
            .arg(path);
    case Kind::WrittenInPlace:
        return tr("%1 was written straight to its name, because the folder there lets no other "
                  "name be used.")
            .arg(path);
    case Kind::NotPreserved:
        return tr("%1, and perhaps others, did not keep owner, group or mode: whoever copies may "
                  "not set them there.")
            .arg(path);
    case Kind::NotFlushed:
        break;
    }
    return tr("%1 may not be on the server's disk yet: this server can not be asked for that.")
        .arg(path);
}

} // namespace ui
