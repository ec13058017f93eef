#include "ui/main/WindowEdits.h"

#include "ui/widgets/NoticeBar.h"

using namespace Qt::StringLiterals;

namespace ui {

WindowEdits::WindowEdits(const Services &services, QWidget &window)
    : QObject(&window)
    , m_notice(new NoticeBar(Theme::Meaning::Warning, &window))
{
    QString directory = services.editsDirectory;
    if (directory.isEmpty()) {
        m_directory = std::make_unique<QTemporaryDir>();
        directory = m_directory->filePath(u"edits"_s);
    }
    m_desk = std::make_unique<EditDesk>(edit::EditStore(directory), services.settings, window);
    m_notice->setObjectName(u"leftoverEdits"_s);
    connect(m_desk.get(), &EditDesk::leftoversFound, this, &WindowEdits::offer);
    m_desk->lookForLeftovers();
}

void WindowEdits::offer(const QStringList &names)
{
    m_notice->showNotice(
        tr("Typed the last time, and not saved or not sent: %1").arg(names.join(u", "_s)),
        tr("Open"), [this] { m_desk->openLeftovers(); });
}

} // namespace ui
