// SecretEdit: a field for a password, which does not keep it once it was taken.

#pragma once

#include "base/SecretString.h"

#include <QLineEdit>

namespace ui {

class SecretEdit final : public QLineEdit
{
    Q_OBJECT

public:
    explicit SecretEdit(QWidget *parent = nullptr); // shows dots
    ~SecretEdit() override;

    // What was typed. The field is empty afterwards, and its buffer overwritten.
    base::SecretString take();
};

} // namespace ui
