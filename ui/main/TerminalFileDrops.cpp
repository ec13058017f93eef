#include "ui/main/TerminalFileDrops.h"

#include "base/DisplayText.h"
#include "sftp/CommandOutput.h"
#include "ui/files/FileDrag.h"
#include "ui/files/FileListView.h"
#include "ui/files/FilePane.h"
#include "ui/files/FilesView.h"
#include "ui/terminal/Paste.h"
#include "ui/terminal/TerminalPane.h"
#include "ui/terminal/TerminalSplits.h"
#include "ui/terminal/TerminalView.h"
#include "ui/theme/Icons.h"

#include <QDropEvent>
#include <QLocale>
#include <QMenu>
#include <QMimeData>
#include <QStringDecoder>

#include <algorithm>

namespace ui {
namespace {

bool isPlain(char byte)
{
    constexpr QByteArrayView harmless("_-./+@%:,=");
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z')
        || (byte >= '0' && byte <= '9') || harmless.contains(byte);
}

// Control characters would press keys, what is no text can not be pasted, and marks such as those
// of the direction hide what is there.
bool isText(const QByteArray &bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder(bytes);
    return !decoder.hasError() && std::ranges::none_of(text, [](QChar c) {
        return c.category() == QChar::Other_Control || c.category() == QChar::Other_Format;
    });
}

// $'...': each odd byte by its octal number.
QByteArray escaped(const QByteArray &bytes)
{
    QByteArray word = "$'";
    for (const char byte : bytes) {
        if (byte >= ' ' && byte < '\x7f' && byte != '\'' && byte != '\\') {
            word += byte;
        } else {
            word += '\\'
                + QByteArray::number(static_cast<unsigned char>(byte), 8).rightJustified(3, '0');
        }
    }
    return word + '\'';
}

QByteArray wordOf(const QByteArray &bytes)
{
    if (std::ranges::all_of(bytes, isPlain)) {
        return bytes;
    }
    return isText(bytes) ? sftp::shellWord(bytes) : escaped(bytes);
}

} // namespace

TerminalFileDrops::TerminalFileDrops(TerminalSplits &terminals, FilesView &files)
    : QObject(&terminals)
    , m_terminals(terminals)
    , m_files(files)
{
    connect(&terminals, &TerminalSplits::countChanged, this, &TerminalFileDrops::watch);
    watch();
}

// Before the terminal itself, which takes dropped text.
void TerminalFileDrops::watch()
{
    for (const TerminalPane *pane : m_terminals.panes()) {
        pane->view().dropArea().installEventFilter(this);
    }
}

QString TerminalFileDrops::words(const QList<files::FilePath> &paths)
{
    QByteArray line;
    for (const files::FilePath &path : paths) {
        line += wordOf(path.bytes()) + ' ';
    }
    return QString::fromUtf8(line);
}

bool TerminalFileDrops::eventFilter(QObject *watched, QEvent *event)
{
    const bool isDrag = event->type() == QEvent::DragEnter || event->type() == QEvent::DragMove
        || event->type() == QEvent::Drop;
    if (!isDrag) { // in the end the terminals hear of other events when their list is gone
        return QObject::eventFilter(watched, event);
    }
    const auto pane = std::ranges::find_if(m_terminals.panes(), [watched](const TerminalPane *one) {
        return &one->view().dropArea() == watched;
    });
    if (pane == m_terminals.panes().end()) {
        return QObject::eventFilter(watched, event);
    }
    auto &drop = static_cast<QDropEvent &>(*event);
    const Source source = sourceOf(*drop.mimeData());
    if (source == Source::None) {
        return QObject::eventFilter(watched, event);
    }
    drop.setDropAction(Qt::CopyAction);
    drop.setAccepted(source != Source::OtherServer);
    if (event->type() == QEvent::Drop && drop.isAccepted()) {
        take(**pane, drop);
    }
    return true;
}

// Panes of this computer offer addresses too.
TerminalFileDrops::Source TerminalFileDrops::sourceOf(const QMimeData &data) const
{
    const auto drag = fromMimeData(data);
    if (drag && data.hasUrls()) {
        return Source::ThisComputer;
    }
    if (!drag || drag->pane.isNull()) {
        return Source::None;
    }
    const FilePane *pane = FilePane::find(drag->pane);
    const FilePane *server = m_files.serverPane();
    const bool isOfServer
        = pane != nullptr && server != nullptr && pane->place()->id() == server->place()->id();
    return isOfServer ? Source::Server : Source::OtherServer;
}

void TerminalFileDrops::take(TerminalPane &pane, const QDropEvent &drop)
{
    const auto drag = fromMimeData(*drop.mimeData());
    pane.view().setFocus(Qt::MouseFocusReason);
    if (sourceOf(*drop.mimeData()) == Source::ThisComputer) {
        ask(pane, drag->paths, pane.view().dropArea().mapToGlobal(drop.position().toPoint()));
    } else {
        pane.view().pasting().paste(words(drag->paths));
    }
}

// Not modal: the drag must end before anything is answered.
void TerminalFileDrops::ask(TerminalPane &pane, const QList<files::FilePath> &paths, QPoint place)
{
    auto *menu = new QMenu(&pane);
    menu->setObjectName(QStringLiteral("terminalDropMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const files::FilePath directory = directoryOf(pane);
    const bool canUpload = m_files.canUpload() && !directory.isEmpty();
    const QString upload = directory.isEmpty() ? tr("&Upload: the shell does not tell its folder")
        : paths.size() == 1
        ? tr("&Upload “%1” to %2")
              .arg(base::displayText(paths.first().name()), directory.toDisplay())
        : tr("&Upload %1 items to %2").arg(QLocale().toString(paths.size()), directory.toDisplay());
    QAction *copy = menu->addAction(Icons::icon(QStringLiteral("upload")), upload, this,
                                    [this, paths, directory] { m_files.upload(paths, directory); });
    copy->setObjectName(QStringLiteral("terminalDropUpload"));
    copy->setEnabled(canUpload);
    QAction *insert
        = menu->addAction(Icons::icon(QStringLiteral("terminal")),
                          paths.size() == 1 ? tr("&Insert its path") : tr("&Insert their paths"),
                          &pane, [&pane, paths] { pane.view().pasting().paste(words(paths)); });
    insert->setObjectName(QStringLiteral("terminalDropInsert"));
    menu->addSeparator();
    menu->addAction(tr("Cancel"));
    menu->popup(place);
}

// Where the shell says it is, else what the files beside it show.
files::FilePath TerminalFileDrops::directoryOf(const TerminalPane &pane) const
{
    if (!pane.directory().isEmpty()) {
        return files::FilePath(pane.directory()).normalized();
    }
    const FilePane *server = m_files.serverPane();
    return server == nullptr ? files::FilePath() : server->directory();
}

} // namespace ui
