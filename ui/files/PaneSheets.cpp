#include "ui/files/PaneSheets.h"

#include "ui/widgets/ConfirmSheet.h"

#include <QVBoxLayout>

#include <algorithm>

namespace ui {

PaneSheets::PaneSheets(QVBoxLayout &layout, QWidget &list)
    : QObject(&list)
    , m_layout(layout)
    , m_list(list)
{
}

// One that was answered is hidden, and deleted soon.
Sheet *PaneSheets::shown() const
{
    for (Sheet *sheet : m_layout.parentWidget()->findChildren<Sheet *>()) {
        if (!sheet->isHidden()) {
            return sheet;
        }
    }
    return nullptr;
}

void PaneSheets::open(std::unique_ptr<Sheet> question, const Subject &subject)
{
    if (Sheet *sheet = shown()) {
        sheet->setFocus();
        return;
    }
    m_subject = subject;
    Sheet *sheet = question.release(); // the layout's from now on
    m_layout.insertWidget(0, sheet);
    connect(sheet, &QObject::destroyed, &m_list, [list = &m_list] { list->setFocus(); });
    sheet->show();
    sheet->setFocus();
}

void PaneSheets::withCare(const QString &caution, const QString &question, const QString &confirm,
                          const Subject &subject, std::function<void()> act)
{
    if (caution.isEmpty()) {
        act();
        return;
    }
    auto sheet = std::make_unique<ConfirmSheet>(question, caution, confirm);
    connect(sheet.get(), &ConfirmSheet::confirmed, this, std::move(act));
    open(std::move(sheet), subject);
}

void PaneSheets::follow(const files::FilePath &directory,
                        const std::optional<QSet<QByteArray>> &names)
{
    const bool isElsewhere = !m_subject.directory.isEmpty() && m_subject.directory != directory;
    const bool areGone = names && !m_subject.files.isEmpty()
        && std::ranges::none_of(m_subject.files, [&](const files::FilePath &file) {
                             return file.parent() != directory || names->contains(file.name());
                         });
    if (isElsewhere || areGone) {
        close();
    }
}

void PaneSheets::close()
{
    if (Sheet *sheet = shown()) {
        sheet->cancel();
    }
}

} // namespace ui
