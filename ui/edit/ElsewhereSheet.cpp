#include "ui/edit/ElsewhereSheet.h"

#include "base/DisplayText.h"
#include "ui/widgets/PlainLabel.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {
namespace {

// "notes.mine.txt" of "notes.txt".
QString proposal(const files::FilePath &path)
{
    const QString name = base::displayText(path.name());
    const qsizetype dot = name.lastIndexOf(u'.');
    return dot > 0 ? name.first(dot) + u".mine"_s + name.sliced(dot) : name + u".mine"_s;
}

// A plain name is one in the folder of the file.
files::FilePath pathOf(const files::FilePath &file, const QString &text)
{
    return text.startsWith(u'/') ? files::FilePath::fromText(text).normalized()
                                 : file.parent().child(text.toUtf8()).normalized();
}

QPushButton *addButton(QHBoxLayout &row, const QString &id, const QString &text)
{
    auto *button = new QPushButton(text);
    button->setObjectName(id);
    row.addWidget(button);
    return button;
}

} // namespace

ElsewhereSheet::ElsewhereSheet(const edit::EditOrigin &origin, QWidget *parent)
    : Sheet(parent)
{
    setObjectName(u"elsewhereSheet"_s);
    setAccessibleName(tr("Save elsewhere"));
    const QString place = origin.label.isEmpty() ? tr("this computer") : origin.label;
    auto *title = new PlainLabel(tr("Save your text under another name on %1").arg(place),
                                 PlainLabel::Role::Title);
    auto *field = new QLineEdit(proposal(origin.path));
    field->setObjectName(u"elsewherePath"_s);
    field->setAccessibleName(tr("Name or path"));
    field->setToolTip(tr("A name in the folder of the file, or a path that begins with /"));
    setFocusProxy(field);
    auto *buttons = new QHBoxLayout;
    QPushButton *here = addButton(*buttons, u"elsewhereHere"_s, tr("On &this computer…"));
    buttons->addStretch();
    QPushButton *save = addButton(*buttons, u"elsewhereSave"_s, tr("&Save"));
    QPushButton *cancel = addButton(*buttons, u"elsewhereCancel"_s, tr("Cancel"));
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(title);
    layout->addWidget(field);
    layout->addLayout(buttons);
    setDefaultButton(save);
    connect(field, &QLineEdit::textChanged, save,
            [save](const QString &text) { save->setEnabled(!text.isEmpty()); });
    connect(save, &QPushButton::clicked, this, [this, field, path = origin.path] {
        emit pathChosen(pathOf(path, field->text()));
        finish();
    });
    connect(here, &QPushButton::clicked, this, [this] {
        emit thisComputerChosen();
        finish();
    });
    connect(cancel, &QPushButton::clicked, this, &Sheet::cancel);
}

} // namespace ui
